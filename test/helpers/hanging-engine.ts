/** The search thread, but for one thing: told to hang, it runs in circles and answers nobody. */
import { parentPort } from 'node:worker_threads';

await import('../../src/modules/search/worker/engine-worker.ts');

parentPort?.on('message', (message) => {
  while (message === 'hang');
});
