import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { hire } from '../helpers/staff.ts';
import { openVerified } from '../helpers/verified.ts';

const server = await startApp({ publicUrl: 'https://soyamate.example' });
const { nobody, signUp, clock, mailsTo } = server;
const signUpVerified = openVerified(server);
const isVerified = async (person: { call: typeof nobody.call }) => (await person.call('getMe')).body.isEmailVerified;
const tokenOf = (url = '') => new URLSearchParams(url.split('#')[1]).get('token') ?? '';

test('the code that came at registration confirms the address', async () => {
  const alice = await signUp('alice');
  const [mail] = await mailsTo('alice@example.com');
  expect((await alice.call('verifyEmail', { body: { code: mail?.code } })).status).toBe(204);
  expect(await isVerified(alice)).toBe(true);
  expect((await alice.call('verifyEmail', { body: { code: mail?.code } })).status).toBe(422);
  expect((await alice.call('requestEmailVerification')).body.code).toBe('email_already_verified');
});

test('the link confirms it on any device; fetching the link uses nothing up', async () => {
  const bob = await signUp('bob');
  const [mail] = await mailsTo('bob@example.com');
  expect(mail?.url).toMatch(/^https:\/\/soyamate\.example\/verify-email#token=[\w-]{43}$/);
  for (let i = 0; i < 3; i += 1) await nobody.raw('/verify-email');
  expect(await isVerified(bob)).toBe(false);
  expect((await nobody.call('verifyEmail', { body: { token: tokenOf(mail?.url) } })).status).toBe(204);
  expect(await isVerified(bob)).toBe(true);
  expect((await nobody.call('verifyEmail', { body: { token: tokenOf(mail?.url) } })).status).toBe(422);
});

test("somebody else's code is worth nothing, and a code needs its owner", async () => {
  const carol = await signUp('carol');
  const dave = await signUp('dave');
  const [mail] = await mailsTo('carol@example.com');
  expect((await dave.call('verifyEmail', { body: { code: mail?.code } })).status).toBe(422);
  expect((await nobody.call('verifyEmail', { body: { code: mail?.code } })).status).toBe(401);
  expect((await carol.call('verifyEmail', { body: {} })).status).toBe(400);
  expect((await carol.call('verifyEmail', { body: { code: mail?.code } })).status).toBe(204);
});

test('a new code comes once a minute and ten times a day', async () => {
  const erin = await signUp('erin');
  expect(await erin.call('requestEmailVerification')).toMatchObject({ status: 429 });
  for (let i = 0; i < 9; i += 1) {
    clock.advance(60);
    expect((await erin.call('requestEmailVerification')).status).toBe(202);
  }
  const { body } = await nobody.call('login', { body: { login: 'erin', password: erin.password } });
  const headers = { authorization: `Bearer ${body.tokens?.accessToken}` };
  clock.advance(60);
  expect(await nobody.call('requestEmailVerification', { headers })).toMatchObject({ status: 429 });
  const mails = await mailsTo('erin@example.com');
  expect(mails).toHaveLength(10);
  expect((await nobody.call('verifyEmail', { headers, body: { code: mails[8]?.code } })).status).toBe(422);
  expect((await nobody.call('verifyEmail', { headers, body: { code: mails[9]?.code } })).status).toBe(204);
});

test('a new address counts once its code is confirmed; both addresses are told; other devices are signed out', async () => {
  const frank = await signUpVerified('frank');
  const { body: other } = await nobody.call('login', { body: { login: 'frank', password: frank.password } });
  const recovery = async () => {
    await nobody.call('requestRecovery', { body: { identifier: 'frank' } });
    return (await mailsTo('frank@example.com')).at(-1)?.code;
  };
  const recoveryCode = await recovery();

  expect((await frank.call('changeEmail', { body: { email: 'new@example.com', password: 'wrong' } })).status).toBe(403);
  expect(
    (await frank.call('changeEmail', { body: { email: 'new@example.com', password: frank.password } })).status,
  ).toBe(202);
  expect((await frank.call('getMe')).body).toMatchObject({
    email: 'frank@example.com',
    pendingEmail: 'new@example.com',
  });
  expect((await mailsTo('frank@example.com')).at(-1)?.subject).toBe('Somebody is changing your address');

  const code = (await mailsTo('new@example.com')).at(-1)?.code;
  expect((await frank.call('verifyEmail', { body: { code } })).status).toBe(204);
  const { body: me } = await frank.call('getMe');
  expect(me).toMatchObject({ email: 'new@example.com', isEmailVerified: true });
  expect(me.pendingEmail).toBeUndefined();
  for (const address of ['frank@example.com', 'new@example.com'])
    expect((await mailsTo(address)).at(-1)?.subject).toBe('The address of your account was changed');
  const headers = { authorization: `Bearer ${other.tokens?.accessToken}` };
  expect((await nobody.call('getMe', { headers })).status).toBe(401);
  const reset = { identifier: 'frank', code: recoveryCode, newPassword: 'quite another sentence' };
  expect((await nobody.call('resetPassword', { body: reset })).status).toBe(422);
});

test('the address of somebody banned proves nothing while the ban lasts, and gets no letters', async () => {
  const chief = await hire(server, 'chief');
  const gary = await signUpVerified('gary');
  const early = await signUp('gary_early', { email: 'Gary@example.com' });
  const [letter] = await mailsTo('Gary@example.com');
  const change = (state: string) =>
    chief.call('updateUser', { params: { userId: gary.userId }, body: { state, reason: 'cheats' } });
  await change('banned');
  expect(await early.call('verifyEmail', { body: { code: letter?.code } })).toMatchObject({
    status: 403,
    body: { code: 'account_blocked' },
  });
  const token = { token: tokenOf(letter?.url) };
  expect((await nobody.call('verifyEmail', { body: token })).status).toBe(403);

  const late = await signUp('gary_late', { email: 'GARY@example.com' });
  clock.advance(60);
  expect((await late.call('requestEmailVerification')).status).toBe(202);
  expect(await mailsTo('GARY@example.com')).toEqual([]);
  const { password } = late;
  await late.call('changeEmail', { body: { email: 'gARY@example.com', password } });
  expect(await mailsTo('gARY@example.com')).toEqual([]);

  await change('active');
  expect((await nobody.call('verifyEmail', { body: token })).status).toBe(204);
});

test('an address may stand on several accounts, but counts for those that proved it', async () => {
  await signUp('mallory', { email: 'victim@example.com' });
  const victim = await signUpVerified('victim');
  const { body } = await nobody.call('login', { body: { login: 'victim@example.com', password: victim.password } });
  expect(body.user?.userId).toBe(victim.userId);
});
