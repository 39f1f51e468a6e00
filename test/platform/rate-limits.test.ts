import { expect, test } from 'vitest';
import type { ProblemError } from '#platform/errors.ts';
import { addressKey, createMemoryLimits, limitRules } from '#platform/rate-limits.ts';
import { startApp } from '../helpers/app.ts';

const { nobody } = await startApp({ areLimitsOn: true });

test('of 500 calls at once exactly as many pass as the rule says', async () => {
  const limits = createMemoryLimits({ ...limitRules, message: { points: 100, windowSeconds: 60 } });
  const calls = await Promise.allSettled(Array.from({ length: 500 }, () => limits.consume('message', 'alice')));
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
  await limits.consume('login', 'alice');
  await expect(limits.consume('login', 'alice')).rejects.toThrow();
  expect(await limits.consume('login', 'bob')).toMatchObject({ remaining: 0 });
  expect(await limits.consume('message', 'alice')).toMatchObject({ remaining: limitRules.message.points - 1 });
});

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
