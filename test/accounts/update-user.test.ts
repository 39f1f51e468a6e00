import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { hire, signInAs } from '../helpers/staff.ts';
import { openVerified } from '../helpers/verified.ts';

const server = await startApp();
const { nobody, mailsTo, db } = server;
const signUpVerified = openVerified(server);
const chief = await hire(server, 'chief');
const mod = await hire(server, 'mod', 'moderator');
const reason = 'for the test';
const update = (userId: string, body: object, by = chief) =>
  by.call('updateUser', { params: { userId }, body: { reason, ...body } });
const actsOn = (userId: string) =>
  db.read
    .selectFrom('staff_acts')
    .select(['act', 'reason'])
    .where('subject_id', '=', userId)
    .orderBy('act_id')
    .execute();

test('a new role acts at once, on the open socket too', async () => {
  const alice = await signUpVerified('alice');
  expect((await alice.call('listUsers')).status).toBe(403);
  expect((await update(alice.userId, { role: 'admin' })).body).toMatchObject({ role: 'admin' });
  expect((await alice.call('listUsers')).status).toBe(200);
  expect((await update(alice.userId, { role: 'user' })).status).toBe(200);
  expect((await alice.call('listUsers')).status).toBe(403);
  expect(await actsOn(alice.userId)).toEqual([
    { act: 'account.role_changed', reason },
    { act: 'account.role_changed', reason },
  ]);
  expect((await mailsTo('alice@example.com')).map(({ subject }) => subject)).toContain('Your role has changed');
});

test.each(['suspended', 'banned'])('an account that is %s is out at once and stays out', async (state) => {
  const bob = await signUpVerified(`bob_${state}`);
  const { body } = await nobody.call('login', { body: { login: bob.username, password: bob.password } });
  const socket = await bob.connect();
  expect((await update(bob.userId, { state })).body).toMatchObject({ state });
  expect(await socket.closed).toBe(4003);
  expect((await bob.call('getMe')).status).toBe(401);
  expect((await nobody.call('refresh', { body: { refreshToken: String(body.tokens?.refreshToken) } })).status).toBe(
    401,
  );
  expect((await nobody.call('login', { body: { login: bob.username, password: bob.password } })).status).toBe(403);
  await update(bob.userId, { state: 'active' });
  await signInAs(server, bob.username, bob.password);
});

test('nobody but an administrator gets here', async () => {
  const carol = await signUpVerified('carol');
  for (const call of [carol.call, mod.call, nobody.call]) {
    const statuses = await Promise.all([
      call('updateUser', { params: { userId: carol.userId }, body: { role: 'admin', reason } }),
      call('createUser', { body: { username: 'eve', email: 'eve@example.com', role: 'admin' } }),
      call('listUsers'),
      call('getUserAccount', { params: { userId: carol.userId } }),
      call('endUserSessions', { params: { userId: carol.userId } }),
    ]);
    expect(statuses.map(({ status }) => status)).toEqual(
      Array.from({ length: 5 }, () => (call === nobody.call ? 401 : 403)),
    );
  }
});

test('a moderator does not act on staff', async () => {
  const body = { email: 'new@example.com', reason };
  const answer = await mod.call('startAssistedRecovery', { params: { userId: chief.userId }, body });
  expect(answer).toMatchObject({ status: 403, body: { code: 'above_your_role' } });
});

test('the last administrator stays, also when two demote each other at once', async () => {
  for (const body of [{ role: 'user' }, { state: 'suspended' }])
    expect(await update(chief.userId, body)).toMatchObject({ status: 409, body: { code: 'last_admin' } });
  for (let i = 0; i < 5; i += 1) {
    const rival = await hire(server, `rival${i}`);
    const answers = await Promise.all([
      update(rival.userId, { role: 'user' }, chief),
      update(chief.userId, { role: 'user' }, rival),
    ]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const admins = await db.read.selectFrom('accounts').select('account_id').where('role', '=', 'admin').execute();
    expect(admins).toHaveLength(1);
    await db.statement.updateTable('accounts').set({ role: 'admin' }).where('account_id', '=', chief.userId).execute();
    await db.statement.updateTable('accounts').set({ role: 'user' }).where('account_id', '=', rival.userId).execute();
  }
});
