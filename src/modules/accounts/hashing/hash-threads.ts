import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import pLimit from 'p-limit';

export type HashParameters = { memoryCost: number; timeCost: number; parallelism: number };

/** With a hash: whether it is the password's. Without: the hash of the password. */
export type HashTask = { password: string; parameters: HashParameters; passwordHash?: string };
export type HashAnswer = { hash: string } | { isRight: boolean } | { failure: string };

/** Each takes a core and 19 MiB while it works. */
const MOST_THREADS = 8;

const limit = pLimit(Math.min(availableParallelism(), MOST_THREADS));
const idle: Worker[] = [];

/** How many tasks wait for a thread. */
export const countWaiting = (): number => limit.pendingCount;

/** Runs a task on a thread of its own rank; the threads are those of the process, begun when first needed. */
export const runHashTask = (task: HashTask): Promise<Exclude<HashAnswer, { failure: string }>> =>
  limit(async () => {
    const worker =
      idle.pop() ?? new Worker(new URL('./hash-worker.ts', import.meta.url), { name: 'hash', execArgv: [] });
    const answer = await ask(worker, task);
    idle.push(worker);
    if ('failure' in answer) throw new Error(answer.failure);
    return answer;
  });

/** A thread that dies of its task rejects it and is not used again. It keeps the process alive only while it works. */
async function ask(worker: Worker, task: HashTask): Promise<HashAnswer> {
  worker.ref();
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  worker.postMessage(task);
  try {
    const [answer] = (await once(worker, 'message')) as [HashAnswer];
    return answer;
  } finally {
    worker.unref();
  }
}
