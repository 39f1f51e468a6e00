import { expect, test, vi } from 'vitest';
import { startChores } from '#platform/chores.ts';
import { createLogger } from '#platform/logger.ts';

test('a chore runs again and again, never twice at once, survives its failures and ends when told', async () => {
  vi.useFakeTimers();
  const lines: string[] = [];
  const logger = createLogger('error', { write: (line) => void lines.push(line) });
  let [runs, atOnce, most] = [0, 0, 0];
  let finish: () => void = () => {};
  const stop = startChores(
    [
      {
        name: 'test',
        everySeconds: 10,
        async run() {
          runs += 1;
          atOnce += 1;
          most = Math.max(most, atOnce);
          await new Promise<void>((resolve) => (finish = resolve));
          atOnce -= 1;
          if (runs === 1) throw new Error('the first time fails');
        },
      },
    ],
    logger,
  );
  await vi.advanceTimersByTimeAsync(35_000);
  expect({ runs, most }).toEqual({ runs: 1, most: 1 });
  finish();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(runs).toBe(2);
  expect(lines.join()).toContain('a chore failed');
  const stopped = stop();
  finish();
  await stopped;
  await vi.advanceTimersByTimeAsync(60_000);
  expect({ runs, most }).toEqual({ runs: 2, most: 1 });
  vi.useRealTimers();
});
