import { expect, onTestFinished, test, vi } from 'vitest';
import { createLogger } from '#platform/logger.ts';
import { runLoop } from '#platform/relay/loop.ts';

test('what a long transaction blocks is looked for ever less often, until there is something new', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  let looks = 0;
  const drain = async () => {
    looks += 1;
    return 'blocked' as const;
  };
  const consumer = { name: 'test.blocked', types: new Set<string>(), drain, countWaiting: async () => 1 };
  const loop = runLoop(consumer, createLogger('silent', { write: () => {} }));
  const looksWithin = async (milliseconds: number) => {
    const before = looks;
    await vi.advanceTimersByTimeAsync(milliseconds);
    return looks - before;
  };

  expect(await looksWithin(100)).toBeGreaterThanOrEqual(4);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await looksWithin(1_000)).toBe(4);
  loop.wake();
  expect(await looksWithin(100)).toBeGreaterThanOrEqual(4);
  await loop.stop();
});
