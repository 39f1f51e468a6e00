import { afterAll, describe, expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { hasRedis, startRedis } from '../helpers/redis.ts';
import { fillWithPlayers, PEOPLE } from './many-players.ts';

type Found = { user: { userId: string } };

describe.runIf(hasRedis)('two nodes with one Redis', async () => {
  if (!hasRedis) return;
  const redis = await startRedis();
  afterAll(() => redis.stop());
  const north = await startApp({}, { redisUrl: redis.url, prepare: fillWithPlayers });
  const south = await startApp({}, { redisUrl: redis.url, beside: north });
  const alice = await north.signUp('alice');
  await alice.call('putProfileGame', { params: { gameId: 'dota-2' }, body: { level: 'main', platform: 'windows' } });
  const nodes = [north.visit(alice), south.visit(alice)] as const;

  async function page(turn: number, cursor: string | undefined) {
    const person = turn % 2 === 0 ? nodes[0] : nodes[1];
    const { status, body } = await person.call('listTeammates', { query: { limit: 30, ...(cursor && { cursor }) } });
    expect(status).toBe(200);
    const userIds = (body.items as unknown as Found[]).map(({ user }) => user.userId);
    return { userIds, next: body.nextCursor as string | undefined };
  }

  test('the pages of one list come from either node', async () => {
    const seen: string[] = [];
    for (let turn = 0, next: string | undefined; turn === 0 || next !== undefined; turn += 1) {
      const { userIds, next: following } = await page(turn, next);
      seen.push(...userIds);
      next = following;
    }
    expect(new Set(seen).size).toBe(PEOPLE);
    expect(seen).toHaveLength(PEOPLE);
  });

  test('both asked at once for the rest of the list give the same', async () => {
    let next: string | undefined;
    for (let turn = 0; turn < 3; turn += 1) ({ next } = await page(turn, next));
    const [one, other] = await Promise.all([page(0, next), page(1, next)]);
    expect(one.userIds).toEqual(other.userIds);
    expect(one.userIds).toHaveLength(30);
  });

  test('while Redis is away a list goes on at the node where it began', async () => {
    redis.freeze();
    const first = await page(0, undefined);
    expect((await page(0, first.next)).userIds).toHaveLength(30);
    redis.thaw();
  });
});
