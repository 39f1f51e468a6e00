import { afterAll, describe, expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { createGroup, trySay } from '../helpers/chats.ts';
import { hasRedis, startRedis } from '../helpers/redis.ts';

const patience = { timeout: 15_000, interval: 50 };

describe.runIf(hasRedis)('limits that two nodes share', async () => {
  if (!hasRedis) return;
  const redis = await startRedis();
  afterAll(() => redis.stop());
  const parts = { redisUrl: redis.url };
  const north = await startApp({ areLimitsOn: true }, parts);
  const south = await startApp({ areLimitsOn: true }, { ...parts, beside: north });
  const alice = await north.signUp('alice');
  const chatId = await createGroup(alice, []);
  const body = { username: 'nobody', email: 'n@example.com', password: 'a long enough sentence' };
  const register = { ...body, ageBand: '18_plus', acceptedTerms: '2026-11-01' };
  const login = async (i: number) =>
    [north, south][i % 2]?.nobody.call('login', { body: { login: `nobody${i}`, password: 'wrong password' } });

  test('C10: five hundred at once over both nodes are ten', async () => {
    const answers = await Promise.all(Array.from({ length: 500 }, (_, i) => login(i)));
    const passed = answers.filter((answer) => answer?.status === 401);
    expect(passed.length).toBeGreaterThan(0);
    expect(passed.length).toBeLessThanOrEqual(10);
    // A Redis that is slow for a moment refuses, too.
    const others = answers.filter((answer) => answer?.status !== 401 && answer?.status !== 503);
    expect(others.every((answer) => answer?.status === 429)).toBe(true);
  });

  test.each([
    ['killed', () => redis.kill(), () => redis.start()],
    ['frozen', async () => redis.freeze(), async () => redis.thaw()],
  ])(
    'while Redis is %s, guessing is refused and reading goes on',
    { timeout: 60_000 },
    async (_what, take, giveBack) => {
      await take();
      const closed = {
        login: { login: 'alice', password: alice.password },
        register,
        createGuest: {},
        requestRecovery: { identifier: 'alice' },
        resetPassword: { identifier: 'alice', code: '12345678', newPassword: 'a wholly new sentence' },
      };
      for (const [operationId, input] of Object.entries(closed)) {
        const { status, headers } = await south.nobody.call(operationId, { body: input });
        expect([operationId, status]).toEqual([operationId, 503]);
        expect(Number(headers.get('retry-after'))).toBe(10);
      }
      const reader = south.visit(alice);
      const open = [
        await reader.call('getMe'),
        await reader.call('listTeammates'),
        await reader.call('listChats'),
        await reader.call('getUser', { params: { userId: alice.userId } }),
        await south.nobody.call('checkUsername', { query: { username: 'somebody' } }),
      ];
      expect(open.map(({ status }) => status)).toEqual(open.map(() => 200));
      expect((await trySay(reader, chatId, 'still here')).status).toBe(201);
      await giveBack();
      // Those that were counted before count still, or the new Redis begins anew: both are answers, not refusals.
      await expect.poll(async () => (await login(1))?.status, patience).not.toBe(503);
    },
  );
});
