import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { inHours } from '../helpers/moderation.ts';
import { hire } from '../helpers/staff.ts';

const server = await startApp();
const { signUp, clock, db } = server;
const mod = await hire(server, 'mod', 'moderator');

test('a mute that is lifted is over at once, on the open socket too; lifting twice is refused', async () => {
  const alice = await signUp('alice');
  const socket = await alice.connect();
  const body = { userId: alice.userId, kind: 'mute', reason: 'spam', until: inHours(clock, 1) };
  const { sanctionId } = (await mod.call('imposeSanction', { body })).body;
  const write = { op: 'send', chatId: randomUUID(), clientId: randomUUID(), text: 'привет' };
  await expect.poll(async () => String((await socket.ask(write)).code)).toBe('muted');
  const lift = () =>
    mod.call('liftSanction', { params: { sanctionId: String(sanctionId) }, query: { reason: 'ошибка' } });
  expect((await lift()).status).toBe(204);
  await expect.poll(async () => String((await socket.ask(write)).code)).toBe('chat_not_found');
  expect((await lift()).body).toMatchObject({ code: 'sanction_over' });
  const acts = await db.read.selectFrom('staff_acts').select(['act', 'reason']).orderBy('act_id').execute();
  expect(acts).toContainEqual({ act: 'sanction.lifted', reason: 'ошибка' });
});

test('what an administrator imposed is not for moderators to take back', async () => {
  const [chief, carol] = [await hire(server, 'chief'), await signUp('carol')];
  await chief.call('updateUser', { params: { userId: carol.userId }, body: { state: 'banned', reason: 'cheats' } });
  const sanction = await db.read
    .selectFrom('sanctions')
    .select('sanction_id')
    .where('account_id', '=', carol.userId)
    .executeTakeFirstOrThrow();
  const lifting = { params: { sanctionId: sanction.sanction_id }, query: { reason: 'ошибка' } };
  expect(await mod.call('liftSanction', lifting)).toMatchObject({ status: 403, body: { code: 'above_your_role' } });
  expect((await chief.call('liftSanction', lifting)).status).toBe(204);
});

test('what is not there, a missing reason, and a missing right are refused', async () => {
  const bob = await signUp('bob');
  const params = { sanctionId: randomUUID() };
  const query = { reason: 'x' };
  expect((await mod.call('liftSanction', { params, query })).status).toBe(404);
  expect((await mod.call('liftSanction', { params })).status).toBe(400);
  expect((await bob.call('liftSanction', { params, query })).status).toBe(403);
});
