import { expect, test } from 'vitest';
import { openTotp } from '../../src/modules/accounts/totp.ts';
import { startApp } from '../helpers/app.ts';
import { untilWaiting } from '../helpers/lock-waits.ts';
import { openVerified } from '../helpers/verified.ts';

const server = await startApp();
const { nobody, app, clock, mailsTo, settle, db } = server;
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
    'Support is about to open your account to somebody',
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

test('it also takes off a second factor that is lost, or that a thief has planted', async () => {
  const frank = await signUpVerified('frank');
  const { body: setup } = await frank.call('startTotp', { body: { password: frank.password } });
  const totp = openTotp(String(setup.secret)).generate({ timestamp: clock.now().getTime() });
  const { body } = await frank.call('confirmTotp', { body: { totp } });
  const login = (password: string, code?: string) =>
    nobody.call('login', { body: { login: 'frank', password, ...(code && { totp: code }) } });

  // A mailed code alone leaves it on.
  await nobody.call('requestRecovery', { body: { identifier: 'frank' } });
  expect((await reset('frank', (await mailsTo('frank@example.com')).at(-1)?.code)).status).toBe(204);
  expect((await login(newPassword)).body.code).toBe('totp_required');

  // The mailbox is not what is lost: the address stays.
  const { userId } = frank;
  await nobody.call('startAssistedRecovery', {
    params: { userId },
    body: { email: 'frank@example.com', reason: 'Showed the receipt of the lost phone.' },
    headers: await signInAs('chief'),
  });
  for (let i = 0; i < 5; i += 1) expect((await login(newPassword, '000000')).body.code).toBe('wrong_totp');
  clock.advance(72 * 3_600);
  const mail = (await mailsTo('frank@example.com')).at(-1);
  expect(mail?.text).toContain('Two-step sign-in is switched off with it');
  expect((await reset('frank', mail?.code)).status).toBe(204);
  expect((await mailsTo('frank@example.com')).at(-1)?.text).toContain('Two-step sign-in was switched off');
  const { body: signedIn } = await login(newPassword);
  expect(signedIn.user).toMatchObject({ userId, email: 'frank@example.com' });

  // The saved codes went with it: they open nothing once it is on again.
  const headers = { authorization: `Bearer ${signedIn.tokens?.accessToken}` };
  const again = await nobody.call('startTotp', { body: { password: newPassword }, headers });
  const first = openTotp(String(again.body.secret)).generate({ timestamp: clock.now().getTime() });
  expect((await nobody.call('confirmTotp', { body: { totp: first }, headers })).status).toBe(200);
  expect((await login(newPassword, String(Object.values(body.codes ?? {})[0]))).body.code).toBe('wrong_totp');
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

test('nobody can use it up from outside, nor the owner by chance', async () => {
  const grace = await signUpVerified('grace');
  const ask = () => nobody.call('requestRecovery', { body: { identifier: 'grace' } });
  await start(grace.userId, await signInAs('chief'));
  clock.advance(71 * 3_600);
  for (let i = 0; i < 11; i += 1) await ask();
  clock.advance(3_600);
  const code = await lastCode();
  await ask();
  await nobody.call('login', { body: { login: 'grace', password: grace.password } });
  for (let i = 0; i < 6; i += 1) {
    expect((await reset('grace', '12345678')).status).toBe(422);
    expect((await reset('grace', 'AAAA-BBBB-CCCC-DDDD-EEEE-FFFF')).status).toBe(422);
  }
  expect((await reset('grace', code)).status).toBe(204);
  const { body } = await nobody.call('login', { body: { login: 'grace', password: newPassword } });
  expect(body.user).toMatchObject({ userId: grace.userId, email: 'new@example.com' });
  expect((await reset('grace', code)).status).toBe(422);
});

test('its code ends after a day, and when the owner stops it', async () => {
  const heidi = await signUpVerified('heidi');
  await start(heidi.userId, await signInAs('chief'));
  clock.advance(72 * 3_600);
  const stopped = await lastCode();
  expect((await (await heidi.signInAgain()).call('cancelAssistedRecovery')).status).toBe(204);
  expect((await reset('heidi', stopped)).status).toBe(422);
  await start(heidi.userId, await signInAs('chief'));
  clock.advance(72 * 3_600);
  const late = await lastCode();
  expect(late).not.toBe(stopped);
  clock.advance(24 * 3_600);
  expect((await reset('heidi', late)).status).toBe(422);
});

test('what is stopped in the very moment when it is due sends no code', async () => {
  const ivan = await signUpVerified('ivan');
  await start(ivan.userId, await signInAs('chief'));
  await settle();
  const before = (await mailsTo('new@example.com')).length;
  let settled: Promise<void> | undefined;
  await db.transaction(async (tx) => {
    await tx.selectFrom('accounts').select('state').where('account_id', '=', ivan.userId).forUpdate().execute();
    clock.advance(72 * 3_600);
    settled = settle();
    await untilWaiting(db, 1);
    await tx.deleteFrom('assisted_recoveries').where('account_id', '=', ivan.userId).execute();
  });
  await settled;
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
