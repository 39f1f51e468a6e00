import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
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
