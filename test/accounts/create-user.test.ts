import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { hire, signInAs } from '../helpers/staff.ts';

const server = await startApp();
const { nobody, mailsTo, clock, db } = server;
const chief = await hire(server, 'chief');
const create = (username: string, role = 'moderator') =>
  chief.call('createUser', { body: { username, email: `${username}@example.com`, role } });

test('an administrator makes a moderator, who chooses the password by mail', async () => {
  const { status, body } = await create('mary');
  expect(status).toBe(201);
  expect(body).toMatchObject({ username: 'mary', role: 'moderator', isEmailVerified: false, can: { update: true } });
  expect((await nobody.call('login', { body: { login: 'mary', password: '' } })).status).toBe(401);

  const [mail] = await mailsTo('mary@example.com');
  expect(mail?.subject).toBe('Your Soyamate account');
  const newPassword = 'a wholly new sentence';
  const reset = { identifier: 'mary', code: mail?.code, newPassword };
  expect((await nobody.call('resetPassword', { body: reset })).status).toBe(204);
  const mary = await signInAs(server, 'mary', newPassword);
  expect((await mary.call('getMe')).body).toMatchObject({
    role: 'moderator',
    isEmailVerified: true,
    hasAcceptedTerms: false,
  });
  const open = () => mary.call('createChat', { body: { title: 'The desk', memberIds: [] } });
  expect((await open()).body.code).toBe('terms_not_accepted');
  await mary.call('updateMe', { body: { acceptedTerms: '2026-11-01' } });
  expect((await open()).status).toBe(201);
});

test('an invitation ends after three days; then recovery sends a new code, which proves the address', async () => {
  await create('nick');
  const [mail] = await mailsTo('nick@example.com');
  clock.advance(72 * 3_600);
  const reset = { identifier: 'nick', code: mail?.code, newPassword: 'a wholly new sentence' };
  expect((await nobody.call('resetPassword', { body: reset })).status).toBe(422);

  for (const identifier of ['nick', 'nick@example.com']) {
    await nobody.call('requestRecovery', { body: { identifier } });
    expect((await mailsTo('nick@example.com')).at(-1)?.subject).toBe('Your login and a code for a new password');
  }
  const code = (await mailsTo('nick@example.com')).at(-1)?.code;
  expect((await nobody.call('resetPassword', { body: { ...reset, code } })).status).toBe(204);
  const nick = await signInAs(server, 'nick', reset.newPassword);
  expect((await nick.call('getMe')).body).toMatchObject({ role: 'moderator', isEmailVerified: true });
});

test('a taken or reserved name is refused', async () => {
  const again = await signInAs(server, 'chief', chief.password);
  const body = { email: 'x@example.com', role: 'user' };
  expect((await again.call('createUser', { body: { ...body, username: 'MARY' } })).body.code).toBe('username_taken');
  expect((await again.call('createUser', { body: { ...body, username: 'support' } })).status).toBe(400);
});

test('accounts are found by name, address, role and state, page by page', async () => {
  for (const name of ['olga1', 'olga2', 'olga3']) await server.signUp(name);
  const again = await signInAs(server, 'chief', chief.password);
  const find = async (query: Record<string, string | number>) => {
    const { body } = await again.call('listUsers', { query });
    return Object.values(body.items ?? {}).map((user) => String(user?.username));
  };
  expect((await find({ text: 'OLGA' })).toSorted()).toEqual(['olga1', 'olga2', 'olga3']);
  expect(await find({ text: 'olga2@example' })).toEqual(['olga2']);
  expect((await find({ role: 'moderator' })).toSorted()).toEqual(['mary', 'nick']);
  expect(await find({ text: 'olga', state: 'banned' })).toEqual([]);
  expect(await find({ text: '%' })).toEqual([]);

  const first = await again.call('listUsers', { query: { text: 'olga', limit: 2 } });
  const cursor = String(first.body.nextCursor);
  const second = await again.call('listUsers', { query: { text: 'olga', limit: 2, cursor } });
  expect(Object.keys(second.body.items ?? {})).toHaveLength(1);
  expect(second.body.nextCursor).toBeUndefined();
  expect((await again.call('listUsers', { query: { text: 'ol', cursor } })).body.code).toBe('invalid_cursor');
});

test('an account is shown and signed out everywhere, and the acts are recorded', async () => {
  const paul = await server.signUp('paul');
  const again = await signInAs(server, 'chief', chief.password);
  const params = { userId: paul.userId };
  expect((await again.call('getUserAccount', { params })).body).toMatchObject({ username: 'paul', state: 'active' });
  const socket = await paul.connect();
  expect((await again.call('endUserSessions', { params })).status).toBe(204);
  expect(await socket.closed).toBe(4001);
  expect((await paul.call('getMe')).status).toBe(401);
  const acts = await db.read.selectFrom('staff_acts').select('act').where('subject_id', '=', paul.userId).execute();
  expect(acts).toEqual([{ act: 'account.signed_out' }]);
  expect(
    (await again.call('getUserAccount', { params: { userId: '01900000-0000-7000-8000-000000000000' } })).status,
  ).toBe(404);
});

test('the roles are told to everybody', async () => {
  const { body } = await nobody.call('listRoles');
  const items = Object.values(body.items ?? {});
  expect(items.map((item) => String(item?.role))).toEqual(['guest', 'user', 'moderator', 'admin']);
  expect(Object.values(items[3]?.permissions ?? {}).map(String)).toContain('accounts.manage');
  expect(Object.values(items[2]?.permissions ?? {}).map(String)).not.toContain('accounts.manage');
});
