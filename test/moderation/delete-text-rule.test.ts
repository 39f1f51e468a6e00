import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { askToWrite } from '../helpers/chats.ts';
import { hire } from '../helpers/staff.ts';

const server = await startApp();
const mod = await hire(server, 'mod', 'moderator');
const alice = await server.signUp('alice');

test('a word that is taken out is allowed again', async () => {
  const rule = { kind: 'word', language: 'en', text: 'zorg', action: 'block' };
  const { ruleId } = (await mod.call('createTextRule', { body: rule })).body;
  const params = { ruleId: String(ruleId) };
  await server.settle();
  expect((await alice.call('updateMyProfile', { body: { bio: 'zorg' } })).status).toBe(422);
  expect((await alice.call('deleteTextRule', { params })).status).toBe(403);
  expect((await mod.call('deleteTextRule', { params })).status).toBe(204);
  await server.settle();
  expect((await alice.call('updateMyProfile', { body: { bio: 'zorg' } })).status).toBe(200);
  expect((await mod.call('deleteTextRule', { params })).status).toBe(404);
  expect((await mod.call('deleteTextRule', { params: { ruleId: randomUUID() } })).status).toBe(404);
});

test('a message that was masked by a rule that is gone is still the same message when it is sent again', async () => {
  const rule = { kind: 'word', language: 'en', text: 'blorp', action: 'mask' };
  const { ruleId } = (await mod.call('createTextRule', { body: rule })).body;
  await server.settle();
  const chatId = await askToWrite(alice, await server.signUp('bob'));
  const body = { clientId: randomUUID(), text: 'you blorp' };
  const first = await alice.call('sendMessage', { params: { chatId }, body });
  expect(first).toMatchObject({ status: 201, body: { text: 'you *****' } });
  await mod.call('deleteTextRule', { params: { ruleId: String(ruleId) } });
  await server.settle();
  expect(await alice.call('sendMessage', { params: { chatId }, body })).toMatchObject({
    status: 201,
    body: first.body,
  });
  const other = await alice.call('sendMessage', { params: { chatId }, body: { ...body, text: 'you are great' } });
  expect(other).toMatchObject({ status: 409, body: { code: 'client_id_reused' } });
});
