import { generateKeyPairSync } from 'node:crypto';
import { generateKeyPair } from 'jose';
import { afterAll, expect, test } from 'vitest';
import { openTotp } from '../../src/modules/accounts/totp.ts';
import { startApp } from '../helpers/app.ts';
import { BUNDLE_ID, startApple } from '../helpers/apple.ts';
import { hire } from '../helpers/staff.ts';
import { openVerified } from '../helpers/verified.ts';

const apple = await startApple();
afterAll(() => apple.close());
const pem = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  .privateKey.export({ type: 'pkcs8', format: 'pem' })
  .toString();
const server = await startApp({
  apple: {
    clientIds: [BUNDLE_ID, 'app.soyamate.web'],
    issuerUrl: apple.issuerUrl,
    key: { teamId: 'TEAM', keyId: 'KEY', pem },
  },
});
const { nobody, clock, settle, db } = server;
const profile = { ageBand: '18_plus', acceptedTerms: '2026-11-01' };
const call = (body: object, headers: Record<string, string> = {}) => nobody.call('signInWithApple', { body, headers });
const bearer = (token: unknown) => ({ authorization: `Bearer ${token}` });

test('the first time a profile is asked for, afterwards the subject is enough', async () => {
  const token = await apple.signIn('anna', clock.now(), { email: 'anna@privaterelay.example', email_verified: 'true' });
  expect(await call(token)).toMatchObject({ status: 422, body: { code: 'registration_needed' } });
  const { status, body } = await call({ ...token, ...profile, username: 'anna' });
  expect(status).toBe(200);
  expect(body.user).toMatchObject({
    username: 'anna',
    email: 'anna@privaterelay.example',
    isEmailVerified: true,
    role: 'user',
  });
  const again = await call(await apple.signIn('anna', clock.now()));
  expect(again.body.user?.userId).toBe(body.user?.userId);
});

test('C14: no identity token but a fresh one of Apple, for us, with our nonce, used once', async () => {
  const { body: first } = await call({ ...(await apple.signIn('boris', clock.now())), ...profile, username: 'boris' });
  expect(first.user).toBeDefined();
  const now = clock.now();
  const iat = Math.floor(now.getTime() / 1_000);
  const good = await apple.signIn('boris', now);
  const { privateKey } = await generateKeyPair('RS256');
  const [header, payload, signature] = good.identityToken.split('.');
  const bad = [
    await apple.signIn('boris', now, { aud: 'app.other' }),
    await apple.signIn('boris', now, { aud: undefined }),
    await apple.signIn('boris', now, { aud: [BUNDLE_ID, 'app.other'] }),
    await apple.signIn('boris', now, { iss: 'https://appleid.apple.com' }),
    await apple.signIn('boris', now, { exp: iat - 61 }),
    await apple.signIn('boris', now, { sub: undefined }),
    await apple.signIn('boris', now, { nonce: undefined }),
    { ...good, nonce: 'another nonce that is long' },
    { ...good, identityToken: await apple.sign({ sub: 'boris', iat, exp: iat + 600 }, privateKey) },
    { ...good, identityToken: await apple.sign({ sub: 'boris', iat, exp: iat + 600 }, privateKey, 'other') },
    { ...good, identityToken: `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.` },
    { ...good, identityToken: `${header}.${payload}.${signature?.slice(0, -4)}AAAA` },
    { ...good, identityToken: 'nonsense' },
  ];
  for (const body of bad) expect([body, (await call(body)).status]).toEqual([body, 401]);
  expect((await call(good)).status).toBe(200);
  expect((await call(good)).status).toBe(401);
});

test('C14: an address joins nothing', async () => {
  const victim = await openVerified(server)('victim');
  const token = await apple.signIn('mallory', clock.now(), { email: 'victim@example.com', email_verified: true });
  const { body } = await call({ ...token, ...profile, username: 'mallory' });
  expect(body.user?.userId).not.toBe(victim.userId);
  const unverified = await apple.signIn('m2', clock.now(), { email: 'victim@example.com', email_verified: false });
  expect((await call({ ...unverified, ...profile, username: 'mallory2' })).body.user?.email).toBeUndefined();
});

test('a guest becomes a user and keeps the id; a token of a user adds no way in', async () => {
  const { body: guest } = await nobody.call('createGuest', { body: {} });
  const upgraded = await call(
    { ...(await apple.signIn('clara', clock.now())), ...profile, username: 'clara' },
    bearer(guest.tokens?.accessToken),
  );
  expect(upgraded.body.user).toMatchObject({ userId: guest.user?.userId, role: 'user' });

  const dora = await server.signUp('dora');
  const planted = await call(await apple.signIn('planter', clock.now()), bearer(dora.token));
  expect(planted).toMatchObject({ status: 409, body: { code: 'already_registered' } });
  expect((await call(await apple.signIn('planter', clock.now()))).body.code).toBe('registration_needed');
});

test('the code is exchanged, the token kept encrypted, and Apple told of the deletion', async () => {
  const token = await apple.signIn('emil', clock.now());
  const { body } = await call({ ...token, ...profile, username: 'emil', authorizationCode: 'the-code' });
  await settle();
  const exchange = apple.asked.find(({ path }) => path === '/auth/token');
  expect(exchange?.form).toMatchObject({ client_id: BUNDLE_ID, code: 'the-code', grant_type: 'authorization_code' });
  const row = await db.read
    .selectFrom('apple_identities')
    .selectAll()
    .where('subject', '=', 'emil')
    .executeTakeFirstOrThrow();
  expect(row.refresh_token?.toString('latin1')).not.toContain('apple-refresh-token');
  await nobody.call('requestDeletion', { body: {}, headers: bearer(body.tokens?.accessToken) });
  await settle();
  const revocation = apple.asked.find(({ path }) => path === '/auth/revoke');
  expect(revocation?.form).toMatchObject({ client_id: BUNDLE_ID, token: 'apple-refresh-token' });
  expect(await db.read.selectFrom('apple_identities').selectAll().where('subject', '=', 'emil').execute()).toEqual([]);
});

test('a token that comes after the account has gone is revoked', async () => {
  const revoked = () => apple.asked.filter(({ path }) => path === '/auth/revoke').length;
  await settle();
  const before = revoked();
  const release = apple.holdExchange();
  const token = await apple.signIn('lena', clock.now());
  const { body } = await call({ ...token, ...profile, username: 'lena', authorizationCode: 'late-code' });
  const headers = bearer(body.tokens?.accessToken);
  expect((await nobody.call('requestDeletion', { body: {}, headers })).status).toBeLessThan(300);
  expect(await db.read.selectFrom('apple_identities').selectAll().where('subject', '=', 'lena').execute()).toEqual([]);
  release();
  await settle();
  expect(revoked()).toBe(before + 1);
});

test('an account without a password proves itself by a fresh sign-in', async () => {
  const { body } = await call({ ...(await apple.signIn('fedor', clock.now())), ...profile, username: 'fedor' });
  const headers = bearer(body.tokens?.accessToken);
  clock.advance(590);
  expect((await nobody.call('createRecoveryCodes', { body: {}, headers })).status).toBe(201);
  const { body: renewed } = await nobody.call('refresh', { body: { refreshToken: String(body.tokens?.refreshToken) } });
  clock.advance(20);
  const late = await nobody.call('createRecoveryCodes', { body: {}, headers: bearer(renewed.tokens?.accessToken) });
  expect(late).toMatchObject({ status: 403, body: { code: 'sign_in_again' } });
});

test('one identity token serves no more guesses at the second factor than a password does', async () => {
  const { body } = await call({ ...(await apple.signIn('igor', clock.now())), ...profile, username: 'igor' });
  const headers = bearer(body.tokens?.accessToken);
  const { body: setup } = await nobody.call('startTotp', { body: {}, headers });
  const codeNow = () => openTotp(String(setup.secret)).generate({ timestamp: clock.now().getTime() });
  await nobody.call('confirmTotp', { body: { totp: codeNow() }, headers });
  const token = await apple.signIn('igor', clock.now());
  const guesses = Array.from({ length: 8 }, () => call({ ...token, totp: '000000' }));
  const codes = (await Promise.all(guesses)).map((answer) => String(answer.body.code));
  expect(codes.filter((code) => code === 'wrong_totp')).toHaveLength(5);
  expect(codes.filter((code) => code === 'too_many_requests')).toHaveLength(3);
  clock.advance(30);
  expect((await call({ ...token, totp: codeNow() })).status).toBe(429);
  clock.advance(30);
  expect((await call({ ...token, totp: codeNow() })).status).toBe(200);
});

test('a ban closes this door too, and outlives the account', async () => {
  const chief = await hire(server, 'chief');
  const { body } = await call({ ...(await apple.signIn('gleb', clock.now())), ...profile, username: 'gleb' });
  const userId = String(body.user?.userId);
  await nobody.call('requestDeletion', { body: { graceDays: 1 }, headers: bearer(body.tokens?.accessToken) });
  await chief.call('updateUser', { params: { userId }, body: { state: 'banned', reason: 'cheats' } });
  expect(await call(await apple.signIn('gleb', clock.now()))).toMatchObject({
    status: 403,
    body: { code: 'account_blocked' },
  });
  clock.advance(86_400);
  await settle();
  const again = { ...(await apple.signIn('gleb', clock.now())), ...profile, username: 'gleb2' };
  expect((await call(again)).body.code).toBe('account_blocked');
});

test.each([
  ['kira', 'banned'],
  ['kirill', 'suspended'],
])('%s is %s and stays known though the consent is taken back', async (name, state) => {
  const judge = await hire(server, `judge_of_${name}`);
  const { body } = await call({ ...(await apple.signIn(name, clock.now())), ...profile, username: name });
  const params = { userId: String(body.user?.userId) };
  await judge.call('updateUser', { params, body: { state, reason: 'cheats' } });
  const payload = await apple.notify(name, 'consent-revoked', clock.now());
  expect((await nobody.call('notifyApple', { body: { payload } })).status).toBe(204);
  const again = { ...(await apple.signIn(name, clock.now())), ...profile, username: `${name}2` };
  expect((await call(again)).body.code).toBe('account_blocked');
});

test('what Apple tells is believed from Apple alone, and may come twice', async () => {
  const { body } = await call({ ...(await apple.signIn('hanna', clock.now())), ...profile, username: 'hanna' });
  const socket = await nobody.connect(String(body.tokens?.accessToken));
  const notice = (type: string, claims = {}) => apple.notify('hanna', type, clock.now(), claims);
  const { privateKey } = await generateKeyPair('RS256');
  const tell = async (payload: string) => (await nobody.call('notifyApple', { body: { payload } })).status;
  expect(await tell(await apple.notify('hanna', 'account-delete', clock.now(), {}, privateKey))).toBe(401);
  expect(await tell(await notice('account-delete', { aud: 'app.other' }))).toBe(401);
  expect(await tell(await notice('email-disabled'))).toBe(204);
  expect((await nobody.call('getMe', { headers: bearer(body.tokens?.accessToken) })).status).toBe(200);
  for (let i = 0; i < 2; i += 1) expect(await tell(await notice('consent-revoked'))).toBe(204);
  expect(await socket.closed).toBe(4001);
  expect((await call(await apple.signIn('hanna', clock.now()))).body.code).toBe('registration_needed');
});

test('a notice of what was before the present link, or of days ago, ends nothing', async () => {
  const profiled = async () => ({ ...(await apple.signIn('marta', clock.now())), ...profile });
  await call({ ...(await profiled()), username: 'marta' });
  const notice = await apple.notify('marta', 'consent-revoked', clock.now());
  const tell = async (payload: string) => (await nobody.call('notifyApple', { body: { payload } })).status;
  expect(await tell(notice)).toBe(204);
  clock.advance(60);

  const { body } = await call({ ...(await profiled()), username: 'marta2' });
  const isIn = async () => (await nobody.call('getMe', { headers: bearer(body.tokens?.accessToken) })).status === 200;
  expect(await tell(notice)).toBe(204);
  expect(await isIn()).toBe(true);
  const late = clock.now();
  const inSeconds = { type: 'consent-revoked', sub: 'marta', event_time: Math.floor(late.getTime() / 1_000) - 30 };
  const iat = Math.floor(late.getTime() / 1_000);
  expect(await tell(await apple.sign({ iat, events: JSON.stringify(inSeconds) }))).toBe(204);
  expect(await isIn()).toBe(true);

  const dayOld = { iat: iat - 86_400 - 61 };
  expect(await tell(await apple.notify('marta', 'consent-revoked', clock.now(), dayOld))).toBe(401);
  expect(await isIn()).toBe(true);
  expect(await tell(await apple.notify('marta', 'consent-revoked', clock.now()))).toBe(204);
  expect(await isIn()).toBe(false);
});

test('without configuration the door is not there', async () => {
  const plain = await startApp();
  const token = await apple.signIn('anna', clock.now());
  expect((await plain.nobody.call('signInWithApple', { body: token })).status).toBe(404);
  expect((await plain.nobody.call('notifyApple', { body: { payload: 'x' } })).status).toBe(404);
});
