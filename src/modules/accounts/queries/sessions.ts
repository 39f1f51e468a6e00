import { type Selectable, sql, type Updateable } from 'kysely';
import type { Queryable } from '#platform/database.ts';
import type { Tables } from '#platform/tables.generated.ts';
import type { AccountRow } from '../tables.ts';

/**
 * Inserts a session and, so that no more than `most` of its account live, ends those used longest ago. The new one is not
 * seen by the choice, which two that began in the same millisecond would leave open. Tells which ended, and whether the
 * account has had sessions, but none on such a device.
 */
export async function insertSession(
  tx: Queryable,
  row: Pick<
    SessionRow,
    'session_id' | 'account_id' | 'refresh_token_hash' | 'device_name' | 'client_kind' | 'expires_at' | 'is_for_appeal'
  >,
  most: number,
  now: Date,
): Promise<{ endedIds: string[]; isNewDevice: boolean }> {
  const { rows } = await sql<{ ended_ids: string[]; is_new_device: boolean | null }>`
    with opened as (
      insert into sessions (
        session_id, account_id, refresh_token_hash, device_name, client_kind, created_at, last_used_at, expires_at,
        is_for_appeal
      )
      values (
        ${row.session_id}, ${row.account_id}, ${row.refresh_token_hash}, ${row.device_name}, ${row.client_kind},
        ${now}, ${now}, ${row.expires_at}, ${row.is_for_appeal}
      )
    ), ended as (
    update sessions set ended_at = ${now}
    where session_id in (
      select session_id from sessions
      where account_id = ${row.account_id} and ended_at is null and expires_at > ${now}
      order by last_used_at desc, session_id desc offset ${most - 1}
    )
    returning session_id
    )
    select
      array(select session_id from ended) as ended_ids,
      not bool_or(
        device_name is not distinct from ${row.device_name}
        and (client_kind is null or client_kind = ${row.client_kind})
      ) as is_new_device
    from sessions where account_id = ${row.account_id}`.execute(tx);
  return { endedIds: rows[0]?.ended_ids ?? [], isNewDevice: rows[0]?.is_new_device ?? false };
}

export type SessionActorRow = Pick<
  AccountRow,
  'account_id' | 'role' | 'state' | 'suspended_until' | 'muted_until' | 'accepted_terms'
> & {
  has_totp: boolean;
  is_for_appeal: boolean;
};

/** The accounts behind live sessions, by session; a session that has ended is left out. */
export async function findSessionActors(
  db: Queryable,
  sessionIds: readonly string[],
  now: Date,
): Promise<ReadonlyMap<string, SessionActorRow>> {
  const { rows } = await sql<SessionActorRow & { session_id: string }>`
    select session_id, accounts.account_id, accounts.role, accounts.state, suspended_until, muted_until, accepted_terms,
      is_for_appeal, confirmed_at is not null as has_totp
    from sessions join accounts using (account_id) left join totp using (account_id)
    where session_id = any(${sessionIds}::uuid[]) and ended_at is null and expires_at > ${now}`.execute(db);
  return new Map(rows.map((row) => [row.session_id, row]));
}

/** The sessions that live (neither ended nor expired, on an active account, not for an appeal) with what decides their rights. */
export async function findLiveSessions(db: Queryable, sessionIds: readonly string[], now: Date) {
  const { rows } = await sql<
    Pick<SessionActorRow, 'role' | 'has_totp' | 'muted_until' | 'accepted_terms' | 'is_for_appeal'> & {
      session_id: string;
    }
  >`
    select session_id, accounts.role, muted_until, accepted_terms, is_for_appeal, confirmed_at is not null as has_totp
    from sessions join accounts using (account_id) left join totp using (account_id)
    where session_id = any(${sessionIds}::uuid[]) and ended_at is null and expires_at > ${now}
      and (state = 'active' or (state = 'suspended' and suspended_until <= ${now})) and not is_for_appeal`.execute(db);
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

/** One session, or all of an account, or all but one, or those for an appeal. */
export type SessionChoice =
  | { sessionId: string }
  | { accountId: string; exceptSessionId?: string; areForAppeal?: true };

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
          )
          .$if(choice.areForAppeal === true, (all) => all.where('is_for_appeal', '=', true));
  const rows = await chosen.returning('session_id').execute();
  return rows.map(({ session_id }) => session_id);
}

export async function findSessionStart(db: Queryable, sessionId: string): Promise<Date | undefined> {
  const row = await db
    .selectFrom('sessions')
    .select('created_at')
    .where('session_id', '=', sessionId)
    .executeTakeFirst();
  return row?.created_at;
}
