/** A thread that hashes passwords and does nothing else. */
import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { hashSync, verifySync } from '@node-rs/argon2';
import type { HashAnswer, HashTask } from './hash-threads.ts';

/** Linux takes the number for this thread alone, other systems for the whole server, which must not step back. */
const NICE = 10;
if (workerData === 'spare' && process.platform === 'linux') setPriority(NICE);

parentPort?.on('message', (task: HashTask) => {
  const answer = work(task);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port has no origin
  parentPort?.postMessage(answer);
});

function work({ password, parameters, passwordHash }: HashTask): HashAnswer {
  try {
    if (passwordHash === undefined) return { hash: hashSync(password, parameters) };
    return { isRight: verifySync(passwordHash, password) };
  } catch (error) {
    return { failure: String(error) };
  }
}
