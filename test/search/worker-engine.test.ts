import type { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { spawnEngineWorker } from '#modules/search/index.ts';
import { startApp } from '../helpers/app.ts';

const threads: Worker[] = [];
const { app, signUp, settle, db } = await startApp(
  {},
  {
    spawnSearch() {
      const thread = spawnEngineWorker();
      threads.push(thread);
      return thread;
    },
  },
);
const alice = await signUp('alice');
const bob = await signUp('bob');
for (const person of [alice, bob]) {
  await person.call('putProfileGame', { params: { gameId: 'dota-2' }, body: { level: 'main', platform: 'windows' } });
}
await settle();

const search = async () => {
  const { status, body, headers } = await alice.call('listTeammates');
  const items = (body.items ?? []) as unknown as { user: { username: string }; score: number }[];
  return {
    status,
    code: body.code,
    retryAfter: headers.get('retry-after'),
    names: items.map(({ user }) => user.username),
    items,
  };
};
const gauge = async (name: string) => {
  const text = await app.metrics.registry.getSingleMetricAsString(`soyamate_search_${name}`);
  return Number(text.trim().split('\n').at(-1)?.split(' ').at(-1));
};
const untilOpen = () => expect.poll(() => gauge('open'), { timeout: 10_000 }).toBe(1);

test('a thread that dies is replaced and filled again; searches meanwhile are told to come back', async () => {
  expect(await search()).toMatchObject({ status: 200, names: ['bob'] });

  const lost = threads.at(-1);
  await lost?.terminate();
  expect(await search()).toMatchObject({ status: 503, code: 'unavailable', retryAfter: '2' });
  expect((await alice.call('explainFit', { params: { userId: bob.userId } })).status).toBe(503);
  // The rest of the node goes on.
  expect((await alice.call('getReadiness')).status).toBe(200);
  expect((await alice.call('getMyProfile')).status).toBe(200);

  await bob.call('updateMyProfile', { body: { discoverable: false } });
  await untilOpen();
  await settle();
  expect(threads).toHaveLength(2);
  expect(await search()).toMatchObject({ status: 200, names: [] });
  await bob.call('updateMyProfile', { body: { discoverable: true } });
  await settle();
  expect(await search()).toMatchObject({ status: 200, names: ['bob'] });
});

test('searches under way when the thread dies are refused, not left hanging', async () => {
  const asked = Array.from({ length: 5 }, search);
  await threads.at(-1)?.terminate();
  for (const { status } of await Promise.all(asked)) expect([200, 503]).toContain(status);
  await untilOpen();
});

test('the metrics tell how many players are held, how far behind the feed is, and how old the statistics are', async () => {
  await settle();
  expect(await gauge('players')).toBe(2);
  expect(await gauge('feed_lag_events')).toBe(0);
  expect(await gauge('statistics_age_seconds')).toBe(0);
  expect(await gauge('memory_bytes')).toBeGreaterThan(1_000_000);
});

test('a change of role or state and the end of an account reach the index', async () => {
  const carol = await signUp('carol');
  await settle();
  expect((await search()).names).toContain('carol');
  await db.statement.updateTable('accounts').set({ state: 'banned' }).where('account_id', '=', carol.userId).execute();
  await db.transaction((tx) =>
    tx
      .insertInto('outbox_events')
      .values({ type: 'accounts.account_changed', payload: JSON.stringify({ accountId: carol.userId }) })
      .execute(),
  );
  await settle();
  expect((await alice.call('explainFit', { params: { userId: carol.userId } })).status).toBe(404);
});

test('whoever leaves many requests unanswered sinks, and rises again when they answer', async () => {
  const scoreOfBob = async () => (await search()).items.find(({ user }) => user.username === 'bob')?.score ?? 0;
  const before = await scoreOfBob();
  const fans = [];
  for (let i = 0; i < 8; i += 1) {
    const fan = await signUp(`fan${i}`);
    const { body } = await fan.call('createTeammateRequest', { body: { userId: bob.userId } });
    fans.push(String(body.requestId));
  }
  await settle();
  expect(await scoreOfBob()).toBeLessThan(before);
  for (const requestId of fans) await bob.call('declineTeammateRequest', { params: { requestId } });
  await settle();
  expect(await scoreOfBob()).toBe(before);
});
