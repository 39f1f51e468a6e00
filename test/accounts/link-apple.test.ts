import { generateKeyPairSync } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { openTotp } from '../../src/modules/accounts/totp.ts';
import { type Person, startApp } from '../helpers/app.ts';
import { BUNDLE_ID, startApple } from '../helpers/apple.ts';
import { openVerified } from '../helpers/verified.ts';

const apple = await startApple();
afterAll(() => apple.close());
const pem = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  .privateKey.export({ type: 'pkcs8', format: 'pem' })
  .toString();
const server = await startApp({
  apple: { clientIds: [BUNDLE_ID], issuerUrl: apple.issuerUrl, key: { teamId: 'TEAM', keyId: 'KEY', pem } },
});
const { nobody, clock, settle, mailsTo } = server;
const signUpVerified = openVerified(server);
const newPassword = 'a wholly new sentence';

const signIn = async (subject: string, more: object = {}) =>
  nobody.call('signInWithApple', { body: { ...(await apple.signIn(subject, clock.now())), ...more } });
const link = async ({ call }: Pick<Person, 'call'>, subject: string, more: object) =>
  call('linkApple', { body: { ...(await apple.signIn(subject, clock.now())), ...more } });
const lastMail = async (name: string) => (await mailsTo(`${name}@example.com`)).at(-1);
const codesToldTo = async ({ call }: Pick<Person, 'call'>) => {
  await settle();
  const { body } = await call('listNotifications');
  return JSON.stringify(body.items);
};
async function recover(name: string) {
  await nobody.call('requestRecovery', { body: { identifier: name } });
  const { code } = (await mailsTo(`${name}@example.com`)).findLast((mail) => mail.code) ?? {};
  const body = { identifier: name, code, newPassword };
  expect((await nobody.call('resetPassword', { body })).status).toBe(204);
}

test('a token alone plants no way in: the password is asked for, and the owner told', async () => {
  const alice = await signUpVerified('alice');
  const { password } = alice;
  expect((await link(alice, 'mallory', {})).body.code).toBe('wrong_password');
  expect((await link(alice, 'mallory', { password: 'wrong password' })).body.code).toBe('wrong_password');
  expect((await signIn('mallory')).body.code).toBe('registration_needed');
  expect((await link(alice, 'alice', { password })).status).toBe(204);
  expect((await signIn('alice')).body.user?.userId).toBe(alice.userId);
  expect((await lastMail('alice'))?.subject).toBe('Sign in with Apple was added to your account');
  expect(await codesToldTo(alice)).toContain('apple_linked');
});

test('the second factor is asked for, too', async () => {
  const bob = await signUpVerified('bob');
  const { password } = bob;
  const { body: setup } = await bob.call('startTotp', { body: { password } });
  const codeNow = () => openTotp(String(setup.secret)).generate({ timestamp: clock.now().getTime() });
  await bob.call('confirmTotp', { body: { totp: codeNow() } });
  clock.advance(30);
  expect((await link(bob, 'bob', { password })).body.code).toBe('totp_required');
  expect((await link(bob, 'bob', { password, totp: '000000' })).body.code).toBe('wrong_totp');
  expect((await link(bob, 'bob', { password, totp: codeNow() })).status).toBe(204);
});

test('one Apple ID for one account, by a token that is used once', async () => {
  const [carol, dave] = [await signUpVerified('carol'), await signUpVerified('dave')];
  const token = await apple.signIn('carol', clock.now());
  const call = () => carol.call('linkApple', { body: { ...token, password: carol.password } });
  expect((await call()).status).toBe(204);
  expect((await call()).status).toBe(401);
  expect((await link(carol, 'carol2', { password: carol.password })).body.code).toBe('apple_already_linked');
  expect((await link(dave, 'carol', { password: dave.password })).body.code).toBe('apple_already_linked');
});

test('it is taken off with the password; Apple is told, other devices are signed out', async () => {
  const erin = await signUpVerified('erin');
  const { password } = erin;
  await link(erin, 'erin', { password, authorizationCode: 'the-code' });
  await settle();
  const { body: other } = await signIn('erin');
  expect((await erin.call('unlinkApple', { body: {} })).body.code).toBe('wrong_password');
  for (let i = 0; i < 2; i += 1) expect((await erin.call('unlinkApple', { body: { password } })).status).toBe(204);
  expect((await signIn('erin')).body.code).toBe('registration_needed');
  const headers = { authorization: `Bearer ${String(other.tokens?.accessToken)}` };
  expect((await nobody.call('getMe', { headers })).status).toBe(401);
  expect((await lastMail('erin'))?.subject).toBe('Sign in with Apple was taken off your account');
  expect(apple.asked.some(({ path }) => path === '/auth/revoke')).toBe(true);
  expect(await codesToldTo(erin)).toContain('apple_unlinked');
});

test('the only way in stays', async () => {
  const profile = { ageBand: '18_plus', acceptedTerms: '2026-11-01', username: 'fay' };
  const { body } = await signIn('fay', profile);
  const headers = { authorization: `Bearer ${String(body.tokens?.accessToken)}` };
  expect((await nobody.call('unlinkApple', { body: {}, headers })).body.code).toBe('only_way_in');
  await nobody.call('changePassword', { body: { newPassword }, headers });
  expect((await nobody.call('unlinkApple', { body: { password: newPassword }, headers })).status).toBe(204);
});

test('recovery leaves no Apple ID that somebody may have added, and says so', async () => {
  const gina = await signUpVerified('gina');
  await link(gina, 'mallory3', { password: gina.password });
  await recover('gina');
  expect((await signIn('mallory3')).body.code).toBe('registration_needed');
  expect((await lastMail('gina'))?.text).toContain('Sign in with Apple was taken off');
});

test('recovery keeps the Apple ID that made the account, and says so', async () => {
  const profile = { ageBand: '18_plus', acceptedTerms: '2026-11-01', username: 'hal' };
  const token = await apple.signIn('hal', clock.now(), { email: 'hal@example.com', email_verified: true });
  const { body } = await nobody.call('signInWithApple', { body: { ...token, ...profile } });
  await recover('hal');
  expect((await signIn('hal')).body.user?.userId).toBe(body.user?.userId);
  expect((await mailsTo('hal@example.com')).findLast(({ subject }) => subject.includes('reset'))?.text).toContain(
    'Sign in with Apple still opens the account',
  );
});
