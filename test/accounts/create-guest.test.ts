import { expect, test } from 'vitest';
import { openTotp } from '../../src/modules/accounts/totp.ts';
import { startApp } from '../helpers/app.ts';

const { nobody, signUp, settle, clock, db } = await startApp();
const open = async () => {
  const { status, body } = await nobody.call('createGuest', { body: {} });
  expect(status).toBe(201);
  const headers = { authorization: `Bearer ${body.tokens?.accessToken}` };
  return { headers, userId: String(body.user?.userId), token: String(body.tokens?.accessToken), body };
};
const alice = {
  username: 'alice',
  email: 'alice@example.com',
  password: 'correct horse battery',
  ageBand: '18_plus',
  acceptedTerms: '2026-11-01',
};

test('a guest is made in one call, and may look but neither write nor be found', async () => {
  const guest = await open();
  expect(guest.body.user).toMatchObject({ role: 'guest', ageBand: '13_15', isEmailVerified: false });
  const bob = await signUp('bob');
  await settle();
  expect((await nobody.call('getMe', { headers: guest.headers })).status).toBe(200);
  expect((await nobody.call('openDirectChat', { params: { userId: bob.userId }, headers: guest.headers })).status).toBe(
    403,
  );
  expect((await bob.call('openDirectChat', { params: { userId: guest.userId } })).status).toBe(404);
  for (const operation of ['updateMe', 'changePassword', 'startTotp'])
    expect((await nobody.call(operation, { body: {}, headers: guest.headers })).status).toBe(403);
});

test('a guest who registers keeps the id, and the tokens of the guest are worth nothing', async () => {
  const guest = await open();
  const socket = await nobody.connect(guest.token);
  const { status, body } = await nobody.call('register', { body: alice, headers: guest.headers });
  expect(status).toBe(201);
  expect(body.user).toMatchObject({ userId: guest.userId, username: 'alice', role: 'user', ageBand: '18_plus' });
  expect(await socket.closed).toBe(4001);
  expect((await nobody.call('getMe', { headers: guest.headers })).status).toBe(401);
  const { body: login } = await nobody.call('login', { body: { login: 'alice', password: alice.password } });
  expect(login.user?.userId).toBe(guest.userId);
});

test('an upgrade whose answer was lost is repeated with the same token, for ten minutes from the upgrade', async () => {
  const guest = await open();
  // Older than ten minutes, and with a token that is not.
  clock.advance(590);
  await db.statement
    .updateTable('accounts')
    .set({ created_at: new Date(clock.now().getTime() - 3_600_000) })
    .where('account_id', '=', guest.userId)
    .execute();
  const body = { ...alice, username: 'grace', email: 'grace@example.com' };
  const upgrade = (change: object = {}) =>
    nobody.call('register', { body: { ...body, ...change }, headers: guest.headers });
  const answers = await Promise.all([upgrade(), upgrade()]);
  answers.push(await upgrade(), await nobody.call('register', { body }));
  for (const { status, body: answer } of answers) {
    expect([status, answer.user?.userId]).toEqual([201, guest.userId]);
    const headers = { authorization: `Bearer ${answer.tokens?.accessToken}` };
    expect((await nobody.call('getMe', { headers })).body).toMatchObject({ userId: guest.userId, role: 'user' });
  }

  // With that token nothing new is made, and nothing but the very same opens it.
  for (const change of [{ username: 'grace2' }, { email: 'x@example.com' }, { password: 'not her password' }])
    expect(await upgrade(change)).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
  clock.advance(600);
  expect((await upgrade()).status).toBe(401);
});

test('the repeat is no way around the lock nor the second factor', async () => {
  const body = { ...alice, username: 'heidi', email: 'heidi@example.com' };
  const { body: first } = await nobody.call('register', { body });
  const headers = { authorization: `Bearer ${first.tokens?.accessToken}` };
  const { body: setup } = await nobody.call('startTotp', { body: { password: body.password }, headers });
  const totp = openTotp(String(setup.secret)).generate({ timestamp: clock.now().getTime() });
  await nobody.call('confirmTotp', { body: { totp }, headers });
  expect(await nobody.call('register', { body })).toMatchObject({ status: 401, body: { code: 'totp_required' } });
  for (let i = 0; i < 5; i += 1)
    expect((await nobody.call('register', { body: { ...body, password: 'not her password' } })).status).toBe(409);
  expect((await nobody.call('register', { body })).status).toBe(429);
});

test('a taken name leaves the guest a guest; a user cannot register again', async () => {
  const guest = await open();
  const taken = await nobody.call('register', { body: { ...alice, email: 'x@example.com' }, headers: guest.headers });
  expect(taken.body.code).toBe('username_taken');
  expect((await nobody.call('getMe', { headers: guest.headers })).body.role).toBe('guest');
  const carol = await signUp('carol');
  const again = await carol.call('register', { body: { ...alice, username: 'carol2' } });
  expect(again).toMatchObject({ status: 409, body: { code: 'already_registered' } });
});

test('nobody can call themselves as guests are called', async () => {
  expect((await nobody.call('register', { body: { ...alice, username: 'guest-1234' } })).status).toBe(400);
});

test('a guest leaves without a password', async () => {
  const guest = await open();
  expect((await nobody.call('requestDeletion', { body: {}, headers: guest.headers })).status).toBe(202);
  expect((await nobody.call('getMe', { headers: guest.headers })).status).toBe(401);
});
