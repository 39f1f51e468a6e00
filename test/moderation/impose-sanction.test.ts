import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { inHours } from '../helpers/moderation.ts';
import { hire } from '../helpers/staff.ts';

const server = await startApp();
const { signUp, clock, app, nobody, db, settle } = server;
const mod = await hire(server, 'mod', 'moderator');
const chief = await hire(server, 'chief');
const impose = (userId: string, body: object, by = mod) =>
  by.call('imposeSanction', { body: { userId, reason: 'spam', ...body } });
const expire = () => app.moderation.chores.find(({ name }) => name === 'moderation.expire-sanctions')?.run();
const stateOf = async (userId: string) =>
  (await db.read.selectFrom('accounts').select('state').where('account_id', '=', userId).executeTakeFirstOrThrow())
    .state;

test('sanctions add up: the account is free when the last of a kind has ended', async () => {
  const alice = await signUp('alice');
  const socket = await alice.connect();
  await impose(alice.userId, { kind: 'suspension', until: inHours(clock, 1) });
  expect(await socket.closed).toBe(4003);
  await impose(alice.userId, { kind: 'suspension', until: inHours(clock, 3) });
  clock.advance(3_600);
  await expire();
  const credentials = { login: 'alice', password: alice.password };
  expect((await nobody.call('login', { body: credentials })).status).toBe(403);
  clock.advance(7_200);
  expect((await nobody.call('login', { body: credentials })).status).toBe(200);
  expect(await stateOf(alice.userId)).toBe('suspended');
  await expire();
  expect(await stateOf(alice.userId)).toBe('active');
  await settle();
  const told = await db.read
    .selectFrom('outbox_events')
    .select('type')
    .where('type', '=', 'moderation.sanction_lifted')
    .execute();
  expect(told).toHaveLength(1);
  await expire();
});

test('the end of a suspension does not undo what administrators decided meanwhile', async () => {
  const bob = await signUp('bob');
  const admin = await again('chief', chief.password);
  await impose(bob.userId, { kind: 'suspension', until: inHours(clock, 1) }, await again('mod', mod.password));
  await admin.call('updateUser', { params: { userId: bob.userId }, body: { state: 'banned', reason: 'fraud' } });
  clock.advance(3_600);
  await expire();
  expect(await stateOf(bob.userId)).toBe('banned');
});

test('nobody is judged by an equal, by themself, or without a right', async () => {
  const carol = await signUp('carol');
  const moderator = await again('mod', mod.password);
  const fellow = await hire(server, 'fellow', 'moderator');
  expect((await impose(fellow.userId, { kind: 'ban' }, moderator)).body).toMatchObject({ code: 'above_your_role' });
  expect((await impose(mod.userId, { kind: 'warning' }, moderator)).body).toMatchObject({ code: 'your_own_case' });
  expect((await impose(randomUUID(), { kind: 'warning' }, moderator)).body).toMatchObject({ code: 'user_not_found' });
  expect(
    (await carol.call('imposeSanction', { body: { userId: fellow.userId, kind: 'ban', reason: 'spam' } })).status,
  ).toBe(403);
  expect((await impose(carol.userId, { kind: 'mute' }, moderator)).status).toBe(400);
  expect((await impose(carol.userId, { kind: 'exile' }, moderator)).status).toBe(400);
  expect((await impose(fellow.userId, { kind: 'ban' }, await again('chief', chief.password))).status).toBe(201);
});

const again = async (username: string, password: string) => {
  const { body } = await nobody.call('login', { body: { login: username, password } });
  const headers = { authorization: `Bearer ${String(body.tokens?.accessToken)}` };
  return { ...mod, call: ((id, input = {}) => nobody.call(id, { ...input, headers })) as typeof mod.call };
};
