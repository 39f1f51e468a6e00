import type { Static, TSchema } from 'typebox';
import type { Clock } from './clock.ts';
import type { Database, Tx } from './database.ts';
import type { Ids } from './ids.ts';
import { claimJob, deleteJob, failJob, insertJob, type JobRow, postponeJob } from './job-queries.ts';
import type { Logger } from './logger.ts';

/** One kind of work outside the database. `leaseSeconds` is the longest that a run may take; above 60 it is long work. */
export type JobDefinition<T extends TSchema = TSchema> = {
  readonly kind: string;
  readonly payload: T;
  readonly leaseSeconds: number;
};

export const defineJob = <T extends TSchema>(kind: string, payload: T, leaseSeconds = 60): JobDefinition<T> => ({
  kind,
  payload,
  leaseSeconds,
});

/** Has no transaction: it may take long, and it may run again after a crash, so a second run must do no harm. */
export type JobHandler = {
  readonly job: JobDefinition;
  handle(payload: unknown, jobId: string): Promise<void>;
};

export function jobHandler<T extends TSchema>(
  job: JobDefinition<T>,
  handle: (payload: Static<T>, jobId: string) => Promise<void>,
): JobHandler {
  // What was stored under this kind was checked by the compiler at `enqueue`.
  return { job, handle: (payload, jobId) => handle(payload as Static<T>, jobId) };
}

export type Enqueue = <T extends TSchema>(
  tx: Tx,
  job: JobDefinition<T>,
  payload: Static<T>,
  runAt?: Date,
) => Promise<void>;

export type Jobs = {
  /** Writes a job in the transaction; it runs after the commit, at least once, not before `runAt`. */
  enqueue: Enqueue;
  /** Writes work that was given up elsewhere among the dead letters; an administrator may let it run as a job. */
  bury: <T extends TSchema>(tx: Tx, job: JobDefinition<T>, payload: Static<T>, reason: string) => Promise<void>;
  start(handlers: readonly JobHandler[]): void;
  /** Resolves when all that is due has run; returns how many runs that took. */
  settle(): Promise<number>;
  stop(): Promise<void>;
};

/** Five seconds, doubled after each failure up to an hour: given up after about five hours. */
const MAX_TRIES = 14;
const FIRST_PAUSE_SECONDS = 5;
const LONGEST_PAUSE_SECONDS = 3_600;
const AT_ONCE = 4;
/** Of work with a longer lease one run at a time, beside the others: letters do not wait for archives. */
const SHORT_SECONDS = 60;
const POLL_MS = 1_000;

/**
 * Runs jobs beside the relay: the relay keeps order and shares the listener's transaction, so it must never wait for
 * the network; jobs have no order and wait for anybody. A node takes a job by moving its `run_at` past the lease, so a
 * job of a killed node is taken up by another as soon as the lease ends.
 */
export function createJobs({ db, clock, ids, logger }: { db: Database; clock: Clock; ids: Ids; logger: Logger }): Jobs {
  let handlers = new Map<string, JobHandler>();
  let workers: Promise<void>[] = [];
  let isStopped = false;
  let busy = 0;
  let runs = 0;
  const whenIdle: (() => void)[] = [];
  const sleepers = new Set<() => void>();
  const wake = () => {
    for (const rouse of sleepers) rouse();
  };

  async function runNext(isMine: (handler: JobHandler) => boolean = () => true): Promise<boolean> {
    busy += 1;
    try {
      const job = await claimJob(db.statement, clock.now(), [...handlers.values()].filter(isMine));
      if (!job) return false;
      runs += 1;
      await run(job);
      return true;
    } finally {
      busy -= 1;
      if (busy === 0) for (const resolve of whenIdle.splice(0)) resolve();
    }
  }

  async function run({ job_id, kind, payload, tries }: JobRow): Promise<void> {
    try {
      await handlers.get(kind)?.handle(payload, job_id);
      await deleteJob(db.statement, job_id);
    } catch (error) {
      const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      const isGivenUp = tries >= MAX_TRIES;
      logger[isGivenUp ? 'error' : 'warn']({ err: error, kind, jobId: job_id, tries }, 'a job failed');
      const now = clock.now();
      if (isGivenUp) await failJob(db.statement, job_id, now, reason);
      else await postponeJob(db.statement, job_id, new Date(now.getTime() + pauseAfter(tries) * 1_000), reason);
    }
  }

  async function work(isMine: (handler: JobHandler) => boolean): Promise<void> {
    while (!isStopped) {
      const hasRun = await runNext(isMine).catch((error: unknown) => {
        logger.warn({ err: error }, 'jobs wait: the database does not answer');
        return false;
      });
      if (!hasRun && !isStopped) await sleep();
    }
  }

  const sleep = () =>
    new Promise<void>((resolve) => {
      const rouse = () => {
        clearTimeout(timer);
        sleepers.delete(rouse);
        resolve();
      };
      const timer = setTimeout(rouse, POLL_MS);
      sleepers.add(rouse);
    });

  return {
    async enqueue(tx, job, payload, runAt) {
      const now = clock.now();
      await insertJob(tx, { jobId: ids.next(), kind: job.kind, payload, createdAt: now, runAt: runAt ?? now });
      db.afterCommit(tx, wake);
    },
    async bury(tx, job, payload, reason) {
      const now = clock.now();
      const jobId = ids.next();
      await insertJob(tx, { jobId, kind: job.kind, payload, createdAt: now, runAt: now });
      await failJob(tx, jobId, now, reason);
    },
    start(all) {
      handlers = new Map(all.map((handler) => [handler.job.kind, handler]));
      const short = Array.from({ length: AT_ONCE }, () => work((handler) => !isLong(handler)));
      workers = [...short, work(isLong)];
    },
    async settle() {
      const before = runs;
      for (;;) {
        while (await runNext());
        if (busy === 0) return runs - before;
        await new Promise<void>((resolve) => whenIdle.push(resolve));
      }
    },
    async stop() {
      isStopped = true;
      wake();
      await Promise.all(workers);
    },
  };
}

const isLong = ({ job }: JobHandler): boolean => job.leaseSeconds > SHORT_SECONDS;

const pauseAfter = (tries: number): number => Math.min(FIRST_PAUSE_SECONDS * 2 ** (tries - 1), LONGEST_PAUSE_SECONDS);
