import { afterAll, describe, expect, test } from 'vitest';
import type { ProblemError } from '#platform/errors.ts';
import { createLogger } from '#platform/logger.ts';
import { addressKey, createMemoryLimits, createRedisLimits, limitRules } from '#platform/rate-limits.ts';
import { connectRedis } from '#platform/redis.ts';
import { startApp } from '../helpers/app.ts';
import { hasRedis, startRedis } from '../helpers/redis.ts';

const { nobody } = await startApp({ areLimitsOn: true });
const alice = { accountId: 'alice', ip: '192.0.2.1' };
const bob = { accountId: 'bob', ip: '192.0.2.1' };

test('of 500 calls at once exactly as many pass as the rule says', async () => {
  const limits = createMemoryLimits({ ...limitRules, search: { points: 100, windowSeconds: 60 } });
  const calls = await Promise.allSettled(Array.from({ length: 500 }, () => limits.consume('search', alice)));
  expect(calls.filter(({ status }) => status === 'fulfilled')).toHaveLength(100);
  const refusals = calls.flatMap((call) => (call.status === 'rejected' ? [call.reason as ProblemError] : []));
  for (const { definition, extra } of refusals) {
    expect(definition.code).toBe('too_many_requests');
    expect(extra.retryAfterSeconds).toBeGreaterThan(0);
    expect(extra.retryAfterSeconds).toBeLessThanOrEqual(60);
  }
});

test('another person and another rule are counted apart', async () => {
  const limits = createMemoryLimits({ ...limitRules, login: { points: 1, windowSeconds: 60 } });
  await limits.consume('login', alice);
  await expect(limits.consume('login', alice)).rejects.toThrow();
  expect(await limits.consume('login', bob)).toMatchObject([{ remaining: 0 }]);
  expect(await limits.consume('search', alice)).toMatchObject([{ remaining: limitRules.search.points - 1 }]);
});

test('messages have a limit for ten seconds and one for a minute', async () => {
  const send = (limits: ReturnType<typeof createMemoryLimits>) =>
    Promise.allSettled(Array.from({ length: 30 }, () => limits.consume('message', alice)));
  const burst = await send(createMemoryLimits());
  expect(burst.filter(({ status }) => status === 'fulfilled')).toHaveLength(20);
  expect(burst.at(-1)).toMatchObject({
    reason: { extra: { headers: { 'ratelimit-policy': '"message_burst";q=20;w=10' } } },
  });
  const message = { points: 15, windowSeconds: 60, burst: { points: 20, windowSeconds: 10 } };
  const minute = await send(createMemoryLimits({ ...limitRules, message }));
  expect(minute.filter(({ status }) => status === 'fulfilled')).toHaveLength(15);
  expect(minute[15]).toMatchObject({
    reason: { extra: { headers: { 'ratelimit-policy': '"message";q=15;w=60' } } },
  });
});

describe.each(hasRedis ? ['memory', 'redis'] : ['memory'])('of one address, counted in %s,', async (store) => {
  const limits = store === 'redis' ? await openRedisLimits() : createMemoryLimits();
  const { points } = limitRules.test_push;
  const call = (accountId: string, ip: string) =>
    limits.consume('test_push', { accountId, ip }).then(
      () => 'passed',
      ({ extra }: ProblemError) => extra.headers?.['ratelimit-policy'],
    );

  test('ten times as many pass for all accounts together as for one', async () => {
    const answers: unknown[] = [];
    for (let i = 0; i < 11 * points; i += 1) answers.push(await call(`guest${i % 11}`, `2001:db8:1:2::${i + 1}`));
    expect(answers.slice(0, 10 * points)).toEqual(Array.from({ length: 10 * points }, () => 'passed'));
    expect(new Set(answers.slice(10 * points))).toEqual(new Set([`"test_push_address";q=${10 * points};w=60`]));
    expect(await call('carol', '2001:db8:1:3::1')).toBe('passed');
  });

  test('one who is refused takes nothing from the neighbours', async () => {
    for (let i = 0; i < 20 * points; i += 1) await call('mallory', '192.0.2.1');
    expect(await call('mallory', '192.0.2.1')).toBe(`"test_push";q=${points};w=60`);
    expect(await call('bob', '192.0.2.1')).toBe('passed');
  });
});

async function openRedisLimits() {
  const server = await startRedis();
  const redis = await connectRedis(server.url, createLogger('silent'));
  afterAll(async () => {
    redis.close();
    await server.stop();
  });
  // However long Redis takes on a busy machine: what happens without it is tried in test/attacks/limits-of-two-nodes.test.ts.
  return createRedisLimits({ ...redis, ask: (work) => work(redis.commands) });
}

test('the answer tells what is left, and the refusal when to come again', async () => {
  const { points, windowSeconds } = limitRules.login;
  const answers = await Promise.all(
    Array.from({ length: points + 5 }, (_, index) =>
      // Another name each time: one alone would be locked before.
      nobody.call('login', { body: { login: `nobody${index}`, password: 'wrong password' } }),
    ),
  );
  expect(answers.filter(({ status }) => status === 401)).toHaveLength(points);
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused).toHaveLength(5);
  for (const { headers } of refused) {
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect(headers.get('ratelimit-policy')).toBe(`"login";q=${points};w=${windowSeconds}`);
    expect(headers.get('ratelimit')).toMatch(/^"login";r=0;t=\d+$/);
  }
});

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['::FFFF:203.0.113.7', '203.0.113.7'],
  ['::ffff:cb00:7107', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8:1:2::', '2001:db8:1:2::/64'],
  ['2001:0db8:0001:0002::1', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['1:2:3:4:5:6:203.0.113.7', '1:2:3:4::/64'],
  ['no address', 'no address'],
  ['1::2::3', '1::2::3'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
])('the address %s counts as %s', (address, key) => {
  expect(addressKey(address)).toBe(key);
});
