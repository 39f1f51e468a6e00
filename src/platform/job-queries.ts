import { type Selectable, sql } from 'kysely';
import type { Queryable } from './database.ts';
import type { JobDefinition, JobHandler } from './jobs.ts';
import type { Tables } from './tables.generated.ts';

export type JobRow = Selectable<Tables['jobs']>;

export const insertJob = (
  db: Queryable,
  {
    jobId,
    kind,
    payload,
    createdAt,
    runAt,
  }: { jobId: string; kind: string; payload: unknown; createdAt: Date; runAt: Date },
) =>
  db
    .insertInto('jobs')
    .values({ job_id: jobId, kind, payload: JSON.stringify(payload), created_at: createdAt, run_at: runAt })
    .execute();

/** Takes the job that has waited longest, of the kinds that can be handled, and leases it. */
export async function claimJob(db: Queryable, now: Date, handlers: readonly JobHandler[]): Promise<JobRow | undefined> {
  const kinds = handlers.map(({ job }) => job.kind);
  const leases = handlers.map(({ job }) => job.leaseSeconds);
  const { rows } = await sql<JobRow>`
    update jobs set tries = tries + 1, run_at = ${now}::timestamptz + make_interval(secs => lease)
    from unnest(${kinds}::text[], ${leases}::int[]) as handler (kind, lease)
    where handler.kind = jobs.kind and job_id = (
      select job_id from jobs
      where failed_at is null and run_at <= ${now} and kind = any(${kinds}::text[])
      order by run_at for update skip locked limit 1
    )
    returning jobs.*`.execute(db);
  return rows[0];
}

export const deleteJob = (db: Queryable, jobId: string) => db.deleteFrom('jobs').where('job_id', '=', jobId).execute();

export const postponeJob = (db: Queryable, jobId: string, runAt: Date, reason: string) =>
  db
    .updateTable('jobs')
    .set({ run_at: runAt, last_error: reason.slice(0, 2_000) })
    .where('job_id', '=', jobId)
    .execute();

export const failJob = (db: Queryable, jobId: string, now: Date, reason: string) =>
  db
    .updateTable('jobs')
    .set({ failed_at: now, last_error: reason.slice(0, 2_000) })
    .where('job_id', '=', jobId)
    .execute();

/** Dead letters, newest first, before the given place. */
export const findFailedJobs = (db: Queryable, limit: number, before?: { failedAt: Date; jobId: string }) =>
  db
    .selectFrom('jobs')
    .select(['job_id', 'kind', 'created_at', 'failed_at', 'tries', 'last_error'])
    .where('failed_at', 'is not', null)
    .$if(before !== undefined, (all) =>
      all.where(sql<boolean>`(failed_at, job_id) < (${before?.failedAt}, ${before?.jobId}::uuid)`),
    )
    .orderBy('failed_at', 'desc')
    .orderBy('job_id', 'desc')
    .limit(limit)
    .execute();

/** Lets a dead letter run again; returns whether there was one. */
export async function reviveJob(db: Queryable, jobId: string, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('jobs')
    .set({ failed_at: null, tries: 0, run_at: now })
    .where('job_id', '=', jobId)
    .where('failed_at', 'is not', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

const FAILED_KEPT_MS = 30 * 86_400_000;

/** Forgets the dead letters that nobody asked to run again for a month; every hour or so, on any node. */
export async function forgetOldFailedJobs(db: Queryable, now: Date): Promise<void> {
  const before = new Date(now.getTime() - FAILED_KEPT_MS);
  await db.deleteFrom('jobs').where('failed_at', '<=', before).execute();
}

/** Deletes the jobs of a kind, dead letters too, whose payload names one of the values in a field. */
export const deleteJobsWith = (
  tx: Queryable,
  { kind }: JobDefinition,
  field: string,
  values: readonly (string | null)[],
) =>
  tx
    .deleteFrom('jobs')
    .where('kind', '=', kind)
    .where(sql<boolean>`payload->>${field}::text = any(${values}::text[])`)
    .execute();
