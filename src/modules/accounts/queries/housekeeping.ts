import { sql } from 'kysely';
import type { Queryable } from '#platform/database.ts';

/** Counts that a quiet day has forgiven anyway. Each of these deletes `limit` rows at most and returns how many it did. */
export async function deleteOldSignInFailures(db: Queryable, before: Date, now: Date, limit: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from sign_in_failures where subject_hash in (
      select subject_hash from sign_in_failures
      where last_failed_at <= ${before} and (locked_until is null or locked_until <= ${now})
      limit ${limit} for update skip locked
    )`.execute(db);
  return Number(numAffectedRows ?? 0);
}

export async function deleteEndedSessions(db: Queryable, before: Date, limit: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from sessions where session_id in (
      select session_id from sessions where least(ended_at, expires_at) <= ${before} limit ${limit} for update skip locked
    )`.execute(db);
  return Number(numAffectedRows ?? 0);
}

/** Codes that are spent or have ended; the count of the running day outlives them. */
export async function deleteOldCodes(db: Queryable, dayStartedBefore: Date, now: Date, limit: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from account_codes where (account_id, purpose) in (
      select account_id, purpose from account_codes
      where day_started_at <= ${dayStartedBefore} and (code_hash is null or expires_at <= ${now})
      limit ${limit} for update skip locked
    )`.execute(db);
  return Number(numAffectedRows ?? 0);
}

/** What no longer keeps anybody out. */
export async function deleteEndedBans(db: Queryable, now: Date, limit: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from banned_identifiers where ctid in (
      select ctid from banned_identifiers where ends_at <= ${now} limit ${limit} for update skip locked
    )`.execute(db);
  return Number(numAffectedRows ?? 0);
}

export async function deleteUsedSavedCodes(db: Queryable, before: Date, limit: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from saved_codes where (account_id, purpose, code_hash) in (
      select account_id, purpose, code_hash from saved_codes where used_at <= ${before}
      limit ${limit} for update skip locked
    )`.execute(db);
  return Number(numAffectedRows ?? 0);
}
