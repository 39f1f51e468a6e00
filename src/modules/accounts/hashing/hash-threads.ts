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

/**
 * One thread has the rank of the server, so that a sign-in now and then never waits behind other work of the machine. The
 * others are spare: in a storm they take what nobody else wants, and whoever is signed in goes first.
 */
type Thread = { worker: Worker; rank: 'usual' | 'spare' };

const limit = pLimit(Math.min(availableParallelism(), MOST_THREADS));
const idle: Thread[] = [];
let hasUsual = false;

/** How many tasks wait for a thread. */
export const countWaiting = (): number => limit.pendingCount;

/** Runs a task on a thread of its own; the threads are those of the process, begun when first needed. */
export const runHashTask = (task: HashTask): Promise<Exclude<HashAnswer, { failure: string }>> =>
  limit(async () => {
    const thread = takeThread();
    const answer = await ask(thread, task);
    idle.push(thread);
    if ('failure' in answer) throw new Error(answer.failure);
    return answer;
  });

function takeThread(): Thread {
  const usual = idle.findIndex(({ rank }) => rank === 'usual');
  const [known] = idle.splice(Math.max(usual, 0), 1);
  if (known) return known;
  const rank = hasUsual ? 'spare' : 'usual';
  hasUsual = true;
  const file = new URL('./hash-worker.ts', import.meta.url);
  return { worker: new Worker(file, { name: 'hash', execArgv: [], workerData: rank }), rank };
}

/** A thread that dies of its task rejects it and is not used again. It keeps the process alive only while it works. */
async function ask({ worker, rank }: Thread, task: HashTask): Promise<HashAnswer> {
  worker.ref();
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  worker.postMessage(task);
  try {
    const [answer] = (await once(worker, 'message')) as [HashAnswer];
    return answer;
  } catch (error) {
    if (rank === 'usual') hasUsual = false;
    throw error;
  } finally {
    worker.unref();
  }
}
