import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';

const { nobody, signUp, clock, db } = await startApp();
const alice = await signUp('Alice');

test.each(['alice', 'ALICE', 'alice@example.com', 'Alice@Example.com'])('signs in as %s', async (login) => {
  const { status, body } = await nobody.call('login', {
    body: { login, password: alice.password, deviceName: 'iPhone' },
  });
  expect(status).toBe(200);
  expect(body.user?.userId).toBe(alice.userId);
});

test('an unknown person and a wrong password get the same answer', async () => {
  const wrong = await nobody.call('login', { body: { login: 'alice', password: 'wrong password' } });
  const unknown = await nobody.call('login', { body: { login: 'nobody', password: 'wrong password' } });
  expect(wrong.status).toBe(401);
  expect({ ...unknown.body, instance: '' }).toEqual({ ...wrong.body, instance: '' });
});

test('a banned person is refused, with the right password only', async () => {
  const bob = await signUp('bob');
  await db.statement.updateTable('accounts').set({ state: 'banned' }).where('account_id', '=', bob.userId).execute();
  expect(await nobody.call('login', { body: { login: 'bob', password: bob.password } })).toMatchObject({
    status: 403,
    body: { code: 'account_blocked' },
  });
  expect((await nobody.call('login', { body: { login: 'bob', password: 'wrong password' } })).status).toBe(401);
  expect((await bob.call('getMe')).status).toBe(401);
});

test('an access token ends after ten minutes', async () => {
  const dave = await signUp('dave');
  clock.advance(599);
  expect((await dave.call('getMe')).status).toBe(200);
  clock.advance(2);
  expect((await dave.call('getMe')).status).toBe(401);
});

test('forged tokens are refused', async () => {
  const erin = await signUp('erin');
  const [header = '', payload = '', signature = ''] = erin.token.split('.');
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const decoded = JSON.parse(Buffer.from(header, 'base64url').toString()) as { kid: string };
  const forged = [
    `${encode({ alg: 'none', typ: 'at+jwt' })}.${payload}.`,
    `${encode({ alg: 'none', typ: 'at+jwt' })}.${payload}.${signature}`,
    `${encode({ ...decoded, alg: 'HS256' })}.${payload}.${signature}`,
    `${encode({ ...decoded, kid: '../../dev/null' })}.${payload}.${signature}`,
    `${encode({ ...decoded, kid: ['a'] })}.${payload}.${signature}`,
    `${header}.${encode({ sub: alice.userId, role: 'admin' })}.${signature}`,
    `${header}.${payload}.${signature.slice(0, -4)}AAAA`,
    'not a token',
  ];
  for (const token of forged) {
    const { status } = await nobody.call('getMe', { headers: { authorization: `Bearer ${token}` } });
    expect([token, status]).toEqual([token, 401]);
  }
  expect((await erin.call('getMe')).status).toBe(200);
});
