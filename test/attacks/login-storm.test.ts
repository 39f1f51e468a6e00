import { expect, test } from 'vitest';
import { runHashTask } from '../../src/modules/accounts/hashing/hash-threads.ts';
import { createPasswords, MAX_ADMITTED, PARAMETERS } from '../../src/modules/accounts/passwords.ts';
import { startApp } from '../helpers/app.ts';

test('R17: a storm of sign-ins is refused early and with a hint, and other calls go on', {
  timeout: 60_000,
}, async () => {
  const { nobody, signUp } = await startApp();
  const alice = await signUp('alice');
  const storm = Array.from({ length: 400 }, (_, i) =>
    nobody.call('login', { body: { login: `nobody${i}`, password: 'wrong password' } }),
  );
  const beside = await Promise.all(Array.from({ length: 20 }, () => alice.call('getMe')));
  expect(beside.every(({ status }) => status === 200)).toBe(true);
  const answers = await Promise.all(storm);
  const refused = answers.filter(({ status }) => status === 503);
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401, 503]));
  expect(refused.length).toBeGreaterThan(0);
  expect(refused[0]?.headers.get('retry-after')).toBe('2');
  expect((await nobody.call('login', { body: { login: 'alice', password: alice.password } })).status).toBe(200);
});

test('only so many calls that hash are under way at once', async () => {
  const passwords = createPasswords();
  let release = () => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  const waiting = Array.from({ length: MAX_ADMITTED }, () => passwords.admit(() => gate));
  await expect(passwords.admit(async () => {})).rejects.toMatchObject({ definition: { code: 'unavailable' } });
  release();
  await Promise.all(waiting);
  await expect(passwords.admit(async () => 'in')).resolves.toBe('in');
});

test('R17: one account that asks for codes all at once costs others nothing, nor does it cost a try', {
  timeout: 60_000,
}, async () => {
  const { nobody, signUp } = await startApp();
  const alice = await signUp('alice');
  const mallory = await signUp('mallory');
  const asked = Array.from({ length: 140 }, () => mallory.call('requestEmailVerification'));
  const signIns = Array.from({ length: 5 }, () =>
    nobody.call('login', { body: { login: 'alice', password: alice.password } }),
  );
  expect((await Promise.all(signIns)).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  expect(new Set((await Promise.all(asked)).map(({ status }) => status))).toEqual(new Set([429]));
});

test('R17: one account cannot fill the queue of any door that hashes', { timeout: 60_000 }, async () => {
  const { nobody, signUp } = await startApp({ areLimitsOn: true });
  const alice = await signUp('alice');
  const mallory = await signUp('mallory');
  const { password } = mallory;
  const doors = [
    () => mallory.call('requestEmailVerification'),
    () => mallory.call('changeEmail', { body: { email: 'm@example.com', password } }),
    () => mallory.call('changePassword', { body: { currentPassword: password, newPassword: password } }),
    () => mallory.call('startTotp', { body: { password } }),
    () => mallory.call('removeTotp', { body: { password, totp: '000000' } }),
    () => mallory.call('createRecoveryCodes', { body: { password } }),
    () => mallory.call('requestDeletion', { body: { password: 'wrong password' } }),
  ];
  const storm = Array.from({ length: 20 }, () => doors).flatMap((all) => all.map((call) => call()));
  const { status } = await nobody.call('login', { body: { login: 'alice', password: alice.password } });
  expect(status).toBe(200);
  const answers = await Promise.all(storm);
  expect(answers.filter((answer) => answer.headers.get('ratelimit-policy') !== '"credentials";q=10;w=300')).toEqual([]);
  expect(answers.filter((answer) => answer.headers.get('ratelimit')?.startsWith('"credentials";r=0;'))).toHaveLength(
    131,
  );
});

test('R17: a sign-in that we had no time for is no failed one', { timeout: 60_000 }, async () => {
  const { nobody, signUp, db } = await startApp();
  const alice = await signUp('alice');
  const login = (password: string) => nobody.call('login', { body: { login: 'alice', password } });
  const crowd = Array.from({ length: 200 }, () => runHashTask({ password: 'x', parameters: PARAMETERS }));
  for (let i = 0; i < 5; i += 1) expect((await login(alice.password)).status).toBe(503);
  const { status } = await alice.call('createRecoveryCodes', { body: { password: alice.password } });
  expect(status).toBe(503);
  await Promise.all(crowd);
  const tries = await db.read.selectFrom('sign_in_failures').select(['failures', 'locked_until']).execute();
  expect(tries).toEqual([{ failures: 0, locked_until: null }]);
  // Those that were looked at count as ever.
  for (let i = 0; i < 5; i += 1) expect((await login('wrong password')).status).toBe(401);
  expect((await login(alice.password)).status).toBe(429);
});
