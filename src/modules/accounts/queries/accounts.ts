import { type Insertable, sql, type Updateable } from 'kysely';
import type { Queryable } from '#platform/database.ts';
import type { Tables } from '#platform/tables.generated.ts';
import type { AccountRow } from '../tables.ts';

export const insertAccount = (db: Queryable, row: Insertable<Tables['accounts']>) =>
  db.insertInto('accounts').values(row).returningAll().executeTakeFirstOrThrow();

export const findAccount = (db: Queryable, accountId: string) =>
  db.selectFrom('accounts').selectAll().where('account_id', '=', accountId).executeTakeFirst();

/** What other modules may know: every list of people asks this, so it reads no more than that. */
const FACTS = [
  'account_id',
  'username',
  'role',
  'age_band',
  'locale',
  'state',
  'suspended_until',
  'hidden_until',
  'email_verified_at',
  'created_at',
  'last_active_at',
] as const satisfies readonly (keyof AccountRow)[];

export type AccountFactsRow = Pick<AccountRow, (typeof FACTS)[number]>;

export const findAccountsById = (db: Queryable, accountIds: readonly string[]): Promise<AccountFactsRow[]> =>
  db.selectFrom('accounts').select(FACTS).where('account_id', '=', sql<string>`any(${accountIds}::uuid[])`).execute();

/** People, not guests nor those who are gone, in the order of ids, for whoever reads all of them. */
export const findPeopleAfter = (db: Queryable, accountId: string, limit: number): Promise<AccountFactsRow[]> =>
  db
    .selectFrom('accounts')
    .select(FACTS)
    .where('account_id', '>', accountId)
    .where('role', '<>', 'guest')
    .where('state', '<>', 'deleted')
    .orderBy('account_id')
    .limit(limit)
    .execute();

export const findAccountByUsername = (db: Queryable, usernameKey: string) =>
  db.selectFrom('accounts').selectAll().where('username_key', '=', usernameKey).executeTakeFirst();

/** An address that several accounts gave belongs to the one that verified it, else to the oldest. */
export const findAccountByEmail = (db: Queryable, emailKey: string) =>
  db
    .selectFrom('accounts')
    .selectAll()
    .where('email_key', '=', emailKey)
    .orderBy(sql`email_verified_at is null`)
    .orderBy('account_id')
    .limit(1)
    .executeTakeFirst();

/** Returns whether the account was last seen before `since`, and marks it as seen now. */
export async function markSeen(db: Queryable, accountId: string, now: Date, since: Date): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('accounts')
    .set({ last_active_at: now })
    .where('account_id', '=', accountId)
    .where('last_active_at', '<', since)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Inserts many accounts at once; those whose username is taken are left out. Returns how many were new. */
export async function insertAccounts(db: Queryable, rows: readonly Insertable<Tables['accounts']>[]): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into accounts
    select * from jsonb_populate_recordset(null::accounts, ${JSON.stringify(rows)}::jsonb)
    on conflict do nothing`.execute(db);
  return Number(numAffectedRows ?? 0);
}

export const countAccounts = async (db: Queryable): Promise<number> => {
  const { count } = await db
    .selectFrom('accounts')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
};

export const updateAccount = (tx: Queryable, accountId: string, change: Updateable<Tables['accounts']>) =>
  tx.updateTable('accounts').set(change).where('account_id', '=', accountId).returningAll().executeTakeFirstOrThrow();

/** Locks an account, so that what is decided about it stays true to the end of the transaction. */
export const lockAccount = (tx: Queryable, accountId: string): Promise<AccountRow | undefined> =>
  tx.selectFrom('accounts').selectAll().where('account_id', '=', accountId).forUpdate().executeTakeFirst();

/**
 * Every account that an address may recover, oldest first: those that verified it, and those that an administrator made for
 * it and whose owner has not come yet. Nobody else has an address that is not verified and no password.
 */
export const findAccountsOfAddress = (db: Queryable, emailKey: string): Promise<AccountRow[]> =>
  db
    .selectFrom('accounts')
    .selectAll()
    .where('email_key', '=', emailKey)
    .where((eb) => eb.or([eb('email_verified_at', 'is not', null), eb('password_hash', 'is', null)]))
    .where('state', 'in', ['active', 'suspended'])
    .orderBy('account_id')
    .execute();

/** Whether an account that verified the address is banned or suspended. */
export async function isAddressOfBlocked(db: Queryable, emailKey: string, now: Date): Promise<boolean> {
  const row = await db
    .selectFrom('accounts')
    .select('account_id')
    .where('email_key', '=', emailKey)
    .where('email_verified_at', 'is not', null)
    .where((eb) =>
      eb.or([
        eb('state', '=', 'banned'),
        eb.and([
          eb('state', '=', 'suspended'),
          eb.or([eb('suspended_until', 'is', null), eb('suspended_until', '>', now)]),
        ]),
      ]),
    )
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export const findAccountsByUsername = (db: Queryable, usernameKeys: readonly string[]) =>
  db.selectFrom('accounts').selectAll().where('username_key', 'in', usernameKeys).execute();
