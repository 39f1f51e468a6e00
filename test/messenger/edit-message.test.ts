import { expect, test } from 'vitest';
import { type Person, startApp } from '../helpers/app.ts';
import {
  catchUp,
  createGroup,
  expectNoChat,
  listOf,
  openDirect,
  readChat,
  readHistory,
  say,
} from '../helpers/chats.ts';

const { app, clock, nobody, signUp } = await startApp();
const alice = await signUp('alice');
const bob = await signUp('bob');
const chatId = await openDirect(alice, bob);
const { seq } = await say(alice, chatId, 'Го в 20');

const edit = (person: Person, text: string, params = { chatId, seq: Number(seq) }) =>
  person.call('editMessage', { params, body: { text } });

test('an edit keeps its mark, its place and what was said before, and is told', async () => {
  const { rev } = await say(bob, chatId, 'ок');
  const socket = await bob.connect();
  const { body } = await edit(alice, ' Го в 21 ');
  expect(body).toMatchObject({ seq: 1, rev: Number(rev) + 1, text: 'Го в 21' });
  expect(body.editedAt).toBeTruthy();
  expect(await socket.next('message.updated')).toMatchObject({ rev: body.rev, data: body });
  expect((await readHistory(bob, chatId))[0]).toEqual(body);
  expect(listOf((await catchUp(bob, chatId, Number(rev))).items)).toEqual([
    { type: 'message.updated', chatId, rev: body.rev, data: body },
  ]);
  await edit(alice, 'Го в 22');
  const evidence = await app.messenger.reviewMessage(chatId, 1);
  expect(evidence).toMatchObject({ text: 'Го в 22', versions: [{ text: 'Го в 20' }, { text: 'Го в 21' }] });
  expect((await edit(alice, 'Го в 22')).body.rev).toBe(Number(body.rev) + 1);
  socket.close();
});

test('an edit leaves something to be seen', async () => {
  expect(await edit(alice, '\u200b')).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
});

test('only the author, and only a message of their own words', async () => {
  expect(await edit(bob, 'Нет')).toMatchObject({ status: 403, body: { code: 'right_missing' } });
  const group = await createGroup(alice, [bob]);
  expect(await edit(alice, 'x', { chatId: group, seq: 1 })).toMatchObject({ status: 404 });
  expect(await edit(alice, 'x', { chatId, seq: 99 })).toMatchObject({ status: 404 });
  await expectNoChat(await signUp('carol'), 'editMessage', { params: { chatId, seq: 1 }, body: { text: 'x' } });
  expect(await nobody.call('editMessage', { params: { chatId, seq: 1 }, body: { text: 'x' } })).toMatchObject({
    status: 401,
  });
});

test('who may not write in a group any more does not edit there, but takes back and reacts', async () => {
  const group = await createGroup(alice, [bob]);
  const { seq: own } = await say(bob, group, 'Моё');
  await alice.call('updateChat', { params: { chatId: group }, body: { rights: { write: 'admins' } } });
  const params = { chatId: group, seq: Number(own) };
  expect(await edit(bob, 'Иначе', params)).toMatchObject({ status: 403, body: { code: 'right_missing' } });
  expect(await bob.call('setReaction', { params: { ...params, emoji: '🔥' } })).toMatchObject({ status: 200 });
  const taken = await bob.call('deleteMessage', { params, query: { for: 'everyone' } });
  expect(taken).toMatchObject({ status: 204 });
});

test.each([[{ text: '' }], [{ text: '  ' }], [{ text: 'x', authorId: bob.userId }], [{ text: 1 }]])(
  'refuses %j',
  async (body) => {
    expect(await alice.call('editMessage', { params: { chatId, seq: 1 }, body })).toMatchObject({ status: 400 });
  },
);

test('an edit keeps whom the message mentions by id, and drops whom only its old text named', async () => {
  const [erin, frank] = [await signUp('erin'), await signUp('frank')];
  const group = await createGroup(alice, [bob, erin, frank]);
  const sent = await say(alice, group, '@erin, @frank, го в 20', { mentions: [bob.userId] });
  const params = { chatId: group, seq: Number(sent.seq) };
  const mentionsAfter = async (body: object) =>
    ((await alice.call('editMessage', { params, body })).body.mentions as unknown as string[] | undefined)?.toSorted();
  expect(await mentionsAfter({ text: '@erin, @frank, го в 21' })).toEqual(
    [bob, erin, frank].map(({ userId }) => userId).toSorted(),
  );
  expect(await mentionsAfter({ text: '@erin, го в 21' })).toEqual([bob, erin].map(({ userId }) => userId).toSorted());
  expect(await readChat(bob, group)).toMatchObject({ unread: 1, mentions: 1 });
  expect(await readChat(frank, group)).toMatchObject({ mentions: 0 });

  expect(await mentionsAfter({ text: 'го в 21', mentions: [frank.userId] })).toEqual([frank.userId]);
  expect(await mentionsAfter({ text: 'го в 22' })).toEqual([frank.userId]);
  expect(await mentionsAfter({ text: 'го в 22', mentions: [] })).toBeUndefined();
  expect(await readChat(bob, group)).toMatchObject({ mentions: 0 });
});

test('after 48 hours it is too late', async () => {
  clock.advance(48 * 3_600 + 1);
  const later = await alice.signInAgain();
  expect(await edit(later, 'Поздно')).toMatchObject({ status: 409, body: { code: 'too_late_to_edit' } });
});
