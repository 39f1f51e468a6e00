import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { createGroup, listOf, openDirect, readEvents, readHistory, say, typesOf } from '../helpers/chats.ts';

const { nobody, settle, signUp } = await startApp();
const alice = await signUp('alice');
const bob = await signUp('bob');
const carol = await signUp('carol');
const mallory = await signUp('mallory');

test('a group has an owner, members and its first service message', async () => {
  const socket = await bob.connect();
  const chatId = await createGroup(alice, [bob], ' Катка \u202e в\u200b пятницу ');
  const { body } = await bob.call('getChat', { params: { chatId } });
  expect(body).toMatchObject({ kind: 'group', title: 'Катка в пятницу', role: 'member', memberCount: 2, unread: 0 });
  expect(await readHistory(bob, chatId)).toMatchObject([
    { seq: 1, authorId: alice.userId, text: '', service: { action: 'chat_created', title: 'Катка в пятницу' } },
  ]);
  await settle();
  const events = (await readEvents(socket)).filter((event) => String(event.chatId) === chatId);
  expect(typesOf(events)).toEqual(['chat.created', 'message.created']);
  socket.close();
});

test('strangers are left out until they have answered in a direct chat', async () => {
  const body = { title: 'Со всеми', memberIds: [carol.userId, mallory.userId] };
  expect((await alice.call('createChat', { body })).body.memberCount).toBe(1);
  const { body: direct } = await alice.call('openDirectChat', { params: { userId: carol.userId } });
  await say(carol, String(direct.chatId), 'привет');
  expect((await alice.call('createChat', { body })).body.memberCount).toBe(2);
});

test('the same Idempotency-Key makes one group, however often and however many at once', async () => {
  const headers = { 'idempotency-key': 'friday' };
  const body = { title: 'Один раз', memberIds: [bob.userId] };
  const answers = await Promise.all(Array.from({ length: 10 }, () => alice.call('createChat', { body, headers })));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
  expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).toBe(1);
  const { body: list } = await bob.call('listChats');
  expect(listOf(list.items).filter(({ title }) => String(title) === 'Один раз')).toHaveLength(1);
  const other = await alice.call('createChat', { body: { ...body, title: 'Другая' }, headers });
  expect(other).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } });
});

test.each([
  ['no title', { title: '' }],
  ['a title of spaces', { title: '   ' }],
  ['a title that nobody sees', { title: '\u200b\u202e' }],
  ['a title of 101 characters', { title: 'я'.repeat(101) }],
  ['a hundred and one members', { memberIds: Array.from({ length: 101 }, () => crypto.randomUUID()) }],
  ['the same member twice', { memberIds: [bob.userId, bob.userId] }],
  ['a role', { role: 'owner' }],
])('refuses %s', async (_what, change) => {
  const body = { title: 'Катка', memberIds: [], ...change };
  expect(await alice.call('createChat', { body })).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
});

test('who has not signed in makes none', async () => {
  expect(await nobody.call('createChat', { body: { title: 'x', memberIds: [] } })).toMatchObject({ status: 401 });
  expect(await openDirect(bob, carol)).toBeTruthy();
});
