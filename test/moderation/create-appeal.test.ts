import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { type Person, startApp } from '../helpers/app.ts';
import { listOf } from '../helpers/chats.ts';
import { hire } from '../helpers/staff.ts';

const server = await startApp();
const { signUp, nobody } = server;
const mod = await hire(server, 'mod', 'moderator');

const ban = async ({ userId }: Person) =>
  String((await mod.call('imposeSanction', { body: { userId, kind: 'ban', reason: 'hate' } })).body.sanctionId);
const toAppeal = async ({ username, password }: Person) => {
  const { body } = await nobody.call('signInToAppeal', { body: { login: username, password } });
  return { authorization: `Bearer ${String(body.tokens?.accessToken)}` };
};

test('a banned person reads why, appeals once, and may delete the account', async () => {
  const alice = await signUp('alice');
  const sanctionId = await ban(alice);
  const headers = { ...(await toAppeal(alice)), 'accept-language': 'ru' };
  const { body } = await nobody.call('listMySanctions', { headers });
  expect(listOf(body.items)).toMatchObject([
    { sanctionId, kind: 'ban', reasonText: 'вражда к группе людей', isActive: true, canAppeal: true },
  ]);
  const appeal = { sanctionId, text: 'Меня взломали.' };
  const answers = await Promise.all(
    Array.from({ length: 3 }, () => nobody.call('createAppeal', { headers, body: appeal })),
  );
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409, 409]);
  expect((await nobody.call('listMySanctions', { headers })).body).toMatchObject({
    items: [{ canAppeal: false, appeal: 'waiting' }],
  });
  const deletion = await nobody.call('requestDeletion', { headers, body: { password: alice.password } });
  expect(deletion.status).toBe(202);
});

test('only against what was decided about oneself', async () => {
  const bob = await signUp('bob');
  const carol = await signUp('carol');
  const sanctionId = await ban(bob);
  const refused = await carol.call('createAppeal', { body: { sanctionId, text: 'Он хороший.' } });
  expect(refused).toMatchObject({ status: 404, body: { code: 'sanction_not_found' } });
  expect((await carol.call('createAppeal', { body: { sanctionId: randomUUID(), text: 'x' } })).status).toBe(404);
  expect((await carol.call('createAppeal', { body: { sanctionId, text: '' } })).status).toBe(400);
  expect((await nobody.call('createAppeal', { body: { sanctionId, text: 'x' } })).status).toBe(401);
});

test('not against what is over', async () => {
  const dave = await signUp('dave');
  const sanctionId = await ban(dave);
  const headers = await toAppeal(dave);
  await mod.call('liftSanction', { params: { sanctionId }, query: { reason: 'mistake' } });
  expect((await nobody.call('createAppeal', { headers, body: { sanctionId, text: 'x' } })).status).toBe(401);
  const back = await dave.signInAgain();
  expect((await back.call('createAppeal', { body: { sanctionId, text: 'x' } })).body).toMatchObject({
    code: 'sanction_over',
  });
});
