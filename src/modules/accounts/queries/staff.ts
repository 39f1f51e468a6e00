import { sql } from 'kysely';
import type { Queryable } from '#platform/database.ts';
import type { AccountRow } from '../tables.ts';

export type AccountFilter = { text?: string; role?: AccountRow['role']; state?: AccountRow['state'] };
export type AccountPlace = { createdAt: Date; accountId: string };

/** Accounts whose username or address begins with the text, newest first. */
export const findAccountsBy = (
  db: Queryable,
  { text, role, state }: AccountFilter,
  limit: number,
  after?: AccountPlace,
): Promise<AccountRow[]> =>
  db
    .selectFrom('accounts')
    .selectAll()
    .$if(text !== undefined, (all) =>
      all.where((eb) =>
        eb.or([
          eb(sql`starts_with(username_key, ${text})`, '=', true),
          eb(sql`starts_with(email_key, ${text})`, '=', true),
        ]),
      ),
    )
    .$if(role !== undefined, (all) => all.where('role', '=', role ?? 'user'))
    .$if(state !== undefined, (all) => all.where('state', '=', state ?? 'active'))
    .$if(after !== undefined, (all) =>
      all.where(sql<boolean>`(created_at, account_id) < (${after?.createdAt}, ${after?.accountId}::uuid)`),
    )
    .orderBy('created_at', 'desc')
    .orderBy('account_id', 'desc')
    .limit(limit)
    .execute();

/** Locks every active administrator, always in the same order, so that two who demote each other cannot both succeed. */
export async function lockActiveAdmins(tx: Queryable): Promise<string[]> {
  const rows = await tx
    .selectFrom('accounts')
    .select('account_id')
    .where('role', '=', 'admin')
    .where('state', '=', 'active')
    .orderBy('account_id')
    .forUpdate()
    .execute();
  return rows.map(({ account_id }) => account_id);
}

/** Whether anybody is an administrator, be it a suspended one. */
export async function hasAdmin(db: Queryable): Promise<boolean> {
  const row = await db
    .selectFrom('accounts')
    .select('account_id')
    .where('role', '=', 'admin')
    .where('state', '!=', 'deleted')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Of several requests for the first administrator one is the first. */
export async function lockSetup(tx: Queryable): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('accounts setup', 0))`.execute(tx);
}
