import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';

const threads: Worker[] = [];
// The thread hangs after thirty seconds of silence: three here.
const { signUp, settle, logLines } = await startApp(
  {},
  {
    searchTickMs: 100,
    spawnSearch() {
      const thread = new Worker(new URL('../helpers/hanging-engine.ts', import.meta.url), { execArgv: [] });
      threads.push(thread);
      return thread;
    },
  },
);
const alice = await signUp('alice');
await signUp('bob');
await settle();

async function search() {
  const { status, body, headers } = await alice.call('listTeammates');
  const items = (body.items ?? []) as unknown as { user: { username: string } }[];
  return { status, retryAfter: headers.get('retry-after'), names: items.map(({ user }) => user.username) };
}

test('a thread that hangs is ended and replaced; searches meanwhile are told to come back', async () => {
  await expect.poll(search).toMatchObject({ status: 200, names: ['bob'] });

  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  threads[0]?.postMessage('hang');
  // Both who asked before it was noticed, and who asks after.
  for (let asked = 0; asked < 2; asked += 1) {
    expect(await search()).toMatchObject({ status: 503, retryAfter: '2' });
  }
  expect((await alice.call('getReadiness')).status).toBe(200);
  expect((await alice.call('getMyProfile')).status).toBe(200);

  await expect.poll(search, { timeout: 15_000 }).toMatchObject({ status: 200, names: ['bob'] });
  expect(threads.length).toBeGreaterThan(1);
  expect(logLines.some((line) => line.includes('the search thread hangs'))).toBe(true);
});
