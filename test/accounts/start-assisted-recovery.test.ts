import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { openVerified } from '../helpers/verified.ts';

const server = await startApp();
const { nobody, app, clock, mailsTo, db } = server;
const signUpVerified = openVerified(server);
const newPassword = 'a wholly new sentence';

await app.accounts.createAdmin({
  username: 'chief',
  email: 'chief@example.com',
  password: 'chief likes long passwords',
});
const signInAs = async (login: string) => {
  const { body } = await nobody.call('login', { body: { login, password: `${login} likes long passwords` } });
  return { authorization: `Bearer ${body.tokens?.accessToken}` };
};
const start = async (userId: string, headers: Record<string, string>) => {
  const body = { email: 'new@example.com', reason: 'Knew the whole history of the account.' };
  return nobody.call('startAssistedRecovery', { params: { userId }, body, headers });
};
const reset = (identifier: string, code: string | undefined) =>
  nobody.call('resetPassword', { body: { identifier, code, newPassword } });
const lastCode = async () => (await mailsTo('new@example.com')).at(-1)?.code;

test('after three days in which nobody objects, the new address gets a code', async () => {
  const alice = await signUpVerified('alice');
  const socket = await alice.connect();
  expect((await start(alice.userId, await signInAs('chief'))).status).toBe(202);
  expect(await socket.next('account.recovery_started')).toMatchObject({ data: { dueAt: expect.any(String) } });
  expect((await alice.call('getMe')).body.assistedRecoveryAt).toBeDefined();
  expect((await mailsTo('alice@example.com')).at(-1)?.subject).toBe(
    'Support is about to give your account to a new address',
  );

  clock.advance(72 * 3_600 - 1);
  expect(await mailsTo('new@example.com')).toEqual([]);
  clock.advance(1);
  expect((await reset('alice', await lastCode())).status).toBe(204);
  const { body } = await nobody.call('login', { body: { login: 'alice', password: newPassword } });
  expect(body.user).toMatchObject({ userId: alice.userId, email: 'new@example.com', isEmailVerified: true });
  for (const address of ['alice@example.com', 'new@example.com'])
    expect((await mailsTo(address)).at(-1)?.subject).toBe('Your password was reset');
});

test('the owner stops it from any session', async () => {
  const bob = await signUpVerified('bob');
  await start(bob.userId, await signInAs('chief'));
  expect((await bob.call('cancelAssistedRecovery')).status).toBe(204);
  expect((await bob.call('getMe')).body.assistedRecoveryAt).toBeUndefined();
  const before = (await mailsTo('new@example.com')).length;
  clock.advance(72 * 3_600);
  expect(await mailsTo('new@example.com')).toHaveLength(before);
});

test('the act is recorded, and its record cannot be changed', async () => {
  const carol = await signUpVerified('carol');
  await start(carol.userId, await signInAs('chief'));
  const acts = db.read.selectFrom('staff_acts').selectAll().where('subject_id', '=', carol.userId);
  expect(await acts.execute()).toMatchObject([{ act: 'account.recovery_started', actor_role: 'admin' }]);
  for (const change of [
    db.statement.deleteFrom('staff_acts'),
    db.statement.updateTable('staff_acts').set({ act: 'nothing' }),
  ])
    await expect(change.execute()).rejects.toThrow('append-only');
});

test('a user cannot begin one, and nobody can for an account that does not exist', async () => {
  const dave = await signUpVerified('dave');
  const erin = await signUpVerified('erin');
  expect((await start(erin.userId, { authorization: `Bearer ${dave.token}` })).status).toBe(403);
  expect((await start('01900000-0000-7000-8000-000000000000', await signInAs('chief'))).status).toBe(404);
});
