import { Type } from 'typebox';
import type { Audit } from './audit.ts';
import type { Clock } from './clock.ts';
import type { Database } from './database.ts';
import { type Door, door } from './door.ts';
import { notFound } from './errors.ts';
import { findFailedJobs, reviveJob } from './job-queries.ts';
import { type Cursors, DEFAULT_LIMIT, pageOf, pageQuery } from './paging.ts';
import { model, ref, strictObject, Timestamp, Uuid } from './schemas.ts';

const FailedJob = model(
  'FailedJob',
  Type.Object(
    {
      jobId: Uuid,
      kind: Type.String({ description: 'Such as `accounts.mail`.' }),
      createdAt: Timestamp,
      failedAt: Timestamp,
      tries: Type.Integer(),
      error: Type.String(),
    },
    { description: 'Work outside the database that was given up: a letter that no server took, for one.' },
  ),
);
const FailedJobPage = model('FailedJobPage', pageOf(ref(FailedJob)));
const Place = Type.Object({ failedAt: Type.String(), jobId: Type.String() });

/** Dead letters, for an administrator. What a job carries is not shown: it may hold a code. */
export const jobRoutes = (tools: { db: Database; clock: Clock; cursors: Cursors; audit: Audit }): Door[] => [
  door({
    operationId: 'listFailedJobs',
    method: 'GET',
    path: '/v1/admin/failed-jobs',
    tag: 'administration',
    summary: 'Mail and other work that was given up',
    access: 'jobs.manage',
    query: strictObject(pageQuery),
    status: 200,
    answer: FailedJobPage,
    async handle({ query: { limit = DEFAULT_LIMIT, cursor } }) {
      const { db, cursors } = tools;
      const place = cursor === undefined ? undefined : cursors.open('listFailedJobs', Place, cursor);
      const before = place && { failedAt: new Date(place.failedAt), jobId: place.jobId };
      const rows = await findFailedJobs(db.read, limit + 1, before);
      const shown = rows.slice(0, limit).map((row) => ({
        jobId: row.job_id,
        kind: row.kind,
        createdAt: row.created_at,
        failedAt: row.failed_at ?? row.created_at,
        tries: row.tries,
        error: row.last_error ?? '',
      }));
      const last = rows.length > limit ? shown.at(-1) : undefined;
      const next = last && cursors.seal('listFailedJobs', { failedAt: last.failedAt, jobId: last.jobId });
      return { items: shown, ...(next !== undefined && { nextCursor: next }) };
    },
  }),
  door({
    operationId: 'retryFailedJob',
    method: 'POST',
    path: '/v1/admin/failed-jobs/{jobId}/retry',
    tag: 'administration',
    summary: 'Try it once more',
    access: 'jobs.manage',
    params: strictObject({ jobId: Uuid }),
    status: 202,
    async handle({ actor, params: { jobId } }) {
      const { db, clock, audit } = tools;
      await db.transaction(async (tx) => {
        if (!(await reviveJob(tx, jobId, clock.now()))) throw notFound();
        await audit(tx, { actor, act: 'job.retried', subjectId: jobId });
      });
    },
  }),
];
