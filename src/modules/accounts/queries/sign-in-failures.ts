import { sql } from 'kysely';
import type { Queryable } from '#platform/database.ts';

export type SignInTry = { failures: number; locked_until: Date | null };

/**
 * Counts one try as failed before it is made, so that tries in parallel are no more than in a row, and locks the subject
 * from `freeTries` on: `baseSeconds`, doubled with each further failure up to `maxSeconds`. A quiet day begins anew.
 * Nothing comes back while the subject is locked.
 */
export async function insertSignInTry(
  db: Queryable,
  subject: Buffer,
  rule: { freeTries: number; baseSeconds: number; maxSeconds: number },
  now: Date,
): Promise<SignInTry | undefined> {
  const { rows } = await sql<SignInTry>`
    insert into sign_in_failures as known (subject_hash, failures, last_failed_at) values (${subject}, 1, ${now})
    on conflict (subject_hash) do update set
      failures = case when known.last_failed_at <= ${now}::timestamptz - interval '1 day' then 1 else known.failures + 1 end,
      last_failed_at = ${now},
      locked_until = case
        when known.last_failed_at <= ${now}::timestamptz - interval '1 day' or known.failures + 1 < ${rule.freeTries} then null
        else ${now}::timestamptz + make_interval(
          secs => least(${rule.baseSeconds}::int * 2.0 ^ least(known.failures + 1 - ${rule.freeTries}, 20), ${rule.maxSeconds}::int)
        )
      end
    where known.locked_until is null or known.locked_until <= ${now}
    returning failures, locked_until`.execute(db);
  return rows[0];
}

/**
 * Takes back one try that `insertSignInTry` counted, with the lock that it brought. A lock that others brought stays, as
 * long as there are failures enough for it.
 */
export const deleteSignInTry = (db: Queryable, subject: Buffer, { failures }: SignInTry, freeTries: number) =>
  sql`
    update sign_in_failures set
      failures = failures - 1,
      locked_until = case when failures = ${failures} or failures <= ${freeTries} then null else locked_until end
    where subject_hash = ${subject} and failures > 0`.execute(db);

export async function findLockEnd(db: Queryable, subject: Buffer): Promise<Date | undefined> {
  const row = await db
    .selectFrom('sign_in_failures')
    .select('locked_until')
    .where('subject_hash', '=', subject)
    .executeTakeFirst();
  return row?.locked_until ?? undefined;
}

export const deleteSignInFailures = (db: Queryable, subject: Buffer) =>
  db.deleteFrom('sign_in_failures').where('subject_hash', '=', subject).execute();

export const findSignInFailure = (db: Queryable, subject: Buffer) =>
  db.selectFrom('sign_in_failures').selectAll().where('subject_hash', '=', subject).executeTakeFirst();
