import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { readIndexFile } from '#modules/search/index-file.ts';
import { startApp, type TestApp } from '../helpers/app.ts';
import { hasRedis, startRedis } from '../helpers/redis.ts';

describe.runIf(hasRedis)('who is online when a node starts from its saved index', async () => {
  if (!hasRedis) return;
  const redis = await startRedis();
  afterAll(() => redis.stop());
  // A second of the sockets lasts 20 ms: whoever is away for 15 s is away after 0.3 s.
  const parts = { redisUrl: redis.url, tickMs: 20 };
  const first = await startApp({}, parts);
  const { signUp, settle, clock } = first;
  const start = () => startApp({}, { ...parts, beside: first });
  const savedAt = async () => (await readIndexFile(join(first.dataDir, 'search', 'index')))?.label.savedAt;

  const alice = await signUp('alice');
  const bob = await signUp('bob');
  const carol = await signUp('carol');
  const dave = await signUp('dave');
  const erin = await signUp('erin');
  await dave.call('updateMyProfile', { body: { presenceVisibility: 'nobody' } });
  await settle();

  const findOnline = async (node: TestApp) => {
    const { body } = await node.visit(alice).call('listTeammates', { query: { online: 'true' } });
    return (body.items as unknown as { user: { username: string } }[]).map(({ user }) => user.username).toSorted();
  };
  const isOnline = (node: TestApp, ...names: string[]) =>
    vi.waitFor(async () => expect(await findOnline(node)).toEqual(names), { timeout: 10_000 });

  const bobs = await bob.connect();
  await carol.connect();
  await isOnline(first, 'bob', 'carol');
  const before = await savedAt();
  clock.advance(1);
  // It saves an index that has both of them online.
  await start();
  await vi.waitFor(async () => expect(await savedAt()).not.toBe(before), { timeout: 10_000 });
  bobs.close();
  await isOnline(first, 'carol');
  await settle();

  test('is asked anew, and whoever hides it does so before everything is read anew', async () => {
    await first.db.transaction(async (tx) => {
      // Reading everything anew waits for this table; searches do not need it.
      await sql`lock table teammate_requests`.execute(tx);
      const next = await start();
      expect(next.logLines.some((line) => line.includes('the search is open from its file'))).toBe(true);
      await isOnline(next, 'carol');
      await next.visit(dave).connect();
      await next.visit(erin).connect();
      await isOnline(next, 'carol', 'erin');
    });
  });
});
