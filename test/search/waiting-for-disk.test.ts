import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { spawnEngineWorker } from '#modules/search/index.ts';
import { createWorkerEngine } from '#modules/search/worker/worker-engine.ts';
import { createLogger } from '#platform/logger.ts';
import { idOf, searchBy, somebody } from './people.ts';

test('a thread that waits for the disk is not taken for one that hangs, and goes on answering', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  const thread = spawnEngineWorker();
  const engine = createWorkerEngine(createLogger('silent', { write: () => {} }), () => thread);
  engine.start(() => {});
  await engine.status();
  engine.open();

  // Opening a pipe waits until somebody writes into it.
  const path = join(mkdtempSync(join(tmpdir(), 'soyamate-pipe-')), 'index');
  execFileSync('mkfifo', [path]);
  const restored = engine.restore(path);
  const letGo = () => closeSync(openSync(path, 'r+'));
  // A thread is not ended before its call to the disk is.
  onTestFinished(letGo);
  for (let second = 0; second < 40; second += 1) {
    const word = once(thread, 'message');
    vi.advanceTimersByTime(1_000);
    await word;
  }
  expect(await engine.search(searchBy(somebody(idOf('alice'))))).toMatchObject({ items: [] });
  letGo();
  expect(await restored).toBeUndefined();
  await engine.stop();
});
