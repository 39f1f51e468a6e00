import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { listOf } from '../helpers/chats.ts';
import { caseAbout, reportUser } from '../helpers/moderation.ts';
import { hire } from '../helpers/staff.ts';

const server = await startApp();
const mod = await hire(server, 'mod', 'moderator');
const alice = await server.signUp('alice');
const bob = await server.signUp('bob');

test('notes are for moderators, in the case and in the history of the person', async () => {
  await reportUser(alice, bob);
  const params = await caseAbout(mod, bob);
  const note = await mod.call('addCaseNote', { params, body: { text: 'Следить.' } });
  expect(note).toMatchObject({ status: 201, body: { authorId: mod.userId, text: 'Следить.' } });
  expect(listOf((await mod.call('getCase', { params })).body.notes)).toMatchObject([{ text: 'Следить.' }]);
  const history = await mod.call('getUserHistory', { params: { userId: bob.userId } });
  expect(listOf(history.body.notes)).toMatchObject([{ text: 'Следить.' }]);
  expect((await mod.call('addCaseNote', { params, body: { text: '' } })).status).toBe(400);
  expect((await alice.call('addCaseNote', { params, body: { text: 'я' } })).status).toBe(403);
  const none = { caseId: randomUUID() };
  expect((await mod.call('addCaseNote', { params: none, body: { text: 'а' } })).status).toBe(404);
});
