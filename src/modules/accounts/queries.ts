import { type Insertable, type Selectable, sql, type Updateable } from 'kysely';
import type { Queryable } from '#platform/database.ts';
import type { Tables } from '#platform/tables.generated.ts';
import type { Role } from './permissions.ts';
import type { AccountRow } from './tables.ts';

export const insertAccount = (db: Queryable, row: Insertable<Tables['accounts']>) =>
  db.insertInto('accounts').values(row).returningAll().executeTakeFirstOrThrow();

export const insertSession = (db: Queryable, row: Insertable<Tables['sessions']>) =>
  db.insertInto('sessions').values(row).execute();

export const findAccount = (db: Queryable, accountId: string) =>
  db.selectFrom('accounts').selectAll().where('account_id', '=', accountId).executeTakeFirst();

export const findAccountsById = (db: Queryable, accountIds: readonly string[]) =>
  db.selectFrom('accounts').selectAll().where('account_id', '=', sql<string>`any(${accountIds}::uuid[])`).execute();

export const findAccountByUsername = (db: Queryable, usernameKey: string) =>
  db.selectFrom('accounts').selectAll().where('username_key', '=', usernameKey).executeTakeFirst();

export const findAccountsByUsername = (db: Queryable, usernameKeys: readonly string[]) =>
  db.selectFrom('accounts').selectAll().where('username_key', 'in', usernameKeys).execute();

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

export type SessionActorRow = Pick<AccountRow, 'account_id' | 'role' | 'state'>;

/** The account behind a live session; nothing when the session has ended. Asked at every request, hence by hand. */
export async function findSessionActor(
  db: Queryable,
  sessionId: string,
  now: Date,
): Promise<SessionActorRow | undefined> {
  const { rows } = await sql<SessionActorRow>`
    select accounts.account_id, accounts.role, accounts.state
    from sessions join accounts using (account_id)
    where session_id = ${sessionId} and ended_at is null and expires_at > ${now}`.execute(db);
  return rows[0];
}

/** The sessions that live (neither ended nor expired, on an active account) with the role of their account. */
export async function findLiveSessions(db: Queryable, sessionIds: readonly string[], now: Date) {
  const { rows } = await sql<{ session_id: string; role: Role }>`
    select session_id, accounts.role
    from sessions join accounts using (account_id)
    where session_id = any(${sessionIds}::uuid[]) and ended_at is null and expires_at > ${now} and state = 'active'`.execute(
    db,
  );
  return rows;
}

export type SessionRow = Selectable<Tables['sessions']>;

/** Locks a live session for a change of its tokens. */
export const lockSession = (tx: Queryable, sessionId: string, now: Date): Promise<SessionRow | undefined> =>
  tx
    .selectFrom('sessions')
    .selectAll()
    .where('session_id', '=', sessionId)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', now)
    .forUpdate()
    .executeTakeFirst();

export const rotateSession = (tx: Queryable, sessionId: string, change: Updateable<Tables['sessions']>) =>
  tx.updateTable('sessions').set(change).where('session_id', '=', sessionId).execute();

/** The live sessions of an account, last used first. */
export const findSessions = (db: Queryable, accountId: string, now: Date): Promise<SessionRow[]> =>
  db
    .selectFrom('sessions')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', now)
    .orderBy('last_used_at', 'desc')
    .orderBy('session_id', 'desc')
    .execute();

/** Whether the session is the account's, be it live or ended. */
export async function hasSession(db: Queryable, accountId: string, sessionId: string): Promise<boolean> {
  const row = await db
    .selectFrom('sessions')
    .select('session_id')
    .where('session_id', '=', sessionId)
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  return row !== undefined;
}

/** One session, or all of an account, or all but one. */
export type SessionChoice = { sessionId: string } | { accountId: string; exceptSessionId?: string };

/** Ends the chosen sessions that have not ended; returns their ids. */
export async function endSessions(tx: Queryable, choice: SessionChoice, now: Date): Promise<string[]> {
  const update = tx.updateTable('sessions').set({ ended_at: now }).where('ended_at', 'is', null);
  const chosen =
    'sessionId' in choice
      ? update.where('session_id', '=', choice.sessionId)
      : update
          .where('account_id', '=', choice.accountId)
          .$if(choice.exceptSessionId !== undefined, (all) =>
            all.where('session_id', '!=', choice.exceptSessionId ?? ''),
          );
  const rows = await chosen.returning('session_id').execute();
  return rows.map(({ session_id }) => session_id);
}

/** Ends all but the `keep` sessions used last; returns the ids of those ended. */
export async function endOldestSessions(tx: Queryable, accountId: string, keep: number, now: Date): Promise<string[]> {
  const { rows } = await sql<{ session_id: string }>`
    update sessions set ended_at = ${now}
    where session_id in (
      select session_id from sessions
      where account_id = ${accountId} and ended_at is null and expires_at > ${now}
      order by last_used_at desc, session_id desc offset ${keep}
    )
    returning session_id`.execute(tx);
  return rows.map(({ session_id }) => session_id);
}

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
