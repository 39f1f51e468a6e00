import type { Clock } from './clock.ts';
import type { Database } from './database.ts';
import { measureJobs } from './job-figures.ts';
import type { Metrics } from './metrics.ts';
import type { Relay } from './relay.ts';

type Measured = { metrics: Metrics; db: Database; clock: Clock; relay: Pick<Relay, 'lag'> };

/** What `/metrics` tells of jobs, mail among them, and of the log of events. */
export function measureQueues({ metrics: { gauges }, db, clock, relay }: Measured): void {
  const jobs = async (read: (job: Awaited<ReturnType<typeof measureJobs>>[number]) => number) =>
    new Map((await measureJobs(db.read)).map((job) => [job.kind, read(job)]));
  gauges('soyamate_jobs_waiting', 'Jobs that have not run yet or are tried again.', 'kind', () =>
    jobs(({ waiting }) => waiting),
  );
  gauges('soyamate_jobs_failed', 'Jobs that were given up: the dead letters.', 'kind', () =>
    jobs(({ failed }) => failed),
  );
  gauges('soyamate_jobs_oldest_age_seconds', 'How long the oldest of those that wait has waited.', 'kind', () =>
    jobs(({ oldest_at }) => (oldest_at ? (clock.now().getTime() - oldest_at.getTime()) / 1_000 : 0)),
  );
  gauges(
    'soyamate_events_waiting',
    'Events that a listener has not handled yet.',
    'listener',
    async () => new Map(Object.entries(await relay.lag())),
  );
}
