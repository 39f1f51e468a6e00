import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';

const { nobody, signUp, settle } = await startApp();
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
