import { expect, test } from 'vitest';
import { createPasswords, MAX_ADMITTED } from '../../src/modules/accounts/passwords.ts';
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
