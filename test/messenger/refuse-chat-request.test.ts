import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { askToWrite, expectNoChat, listOf, readChat, readEvents, say, trySay } from '../helpers/chats.ts';

const { app, db, nobody, signUp } = await startApp();
const alice = await signUp('alice');
const bob = await signUp('bob');
const carol = await signUp('carol');
const chatId = await askToWrite(alice, bob);
for (const text of ['one', 'two', 'three']) await say(alice, chatId, text);

const listed = async () => listOf((await bob.call('listChats')).body.items).map((chat) => String(chat.chatId));

test('a refusal is silent: the chat leaves one list, and the stranger sees no difference', async () => {
  const before = await readChat(alice, chatId);
  const [her, his] = [await alice.connect(), await bob.connect()];
  expect(await bob.call('refuseChatRequest', { params: { chatId } })).toMatchObject({ status: 204 });
  expect(await his.next('chat.removed')).toMatchObject({ chatId });
  expect(await listed()).toEqual([]);
  expect(await readEvents(her)).toEqual([]);
  expect(await readChat(alice, chatId)).toEqual(before);
  expect(await trySay(alice, chatId, 'four')).toMatchObject({ status: 403, body: { code: 'request_pending' } });
  for (const socket of [her, his]) socket.close();
});

test('writing after all is a yes', async () => {
  await say(bob, chatId, 'ладно');
  expect(await listed()).toEqual([chatId]);
  await say(alice, chatId, 'four');
  expect(await bob.call('refuseChatRequest', { params: { chatId } })).toMatchObject({ status: 204 });
  expect(await listed()).toEqual([chatId]);
});

test('who refused hears no more of it, whatever the stranger does, and the stranger sees no difference', async () => {
  const [dave, erin] = [await signUp('dave'), await signUp('erin')];
  const request = await askToWrite(dave, erin);
  for (const text of ['one', 'two']) await say(dave, request, text);
  await erin.call('refuseChatRequest', { params: { chatId: request } });
  const ears = await erin.connect();
  const place = { chatId: request, seq: 1 };
  expect(await dave.call('editMessage', { params: place, body: { text: 'ONE' } })).toMatchObject({ status: 200 });
  await say(dave, request, 'three');
  const taken = await dave.call('deleteMessage', { params: place, query: { for: 'everyone' } });
  expect(taken).toMatchObject({ status: 204 });
  expect(await readEvents(ears)).toEqual([]);
  expect((await erin.call('syncChats', { body: { chats: {} } })).body).toMatchObject({ appeared: [], changed: [] });
  const news = [{ chat_id: request, from_seq: 1, seq: 3, reader_id: null, change: 'new' as const }];
  expect(await app.messenger.findReaders(db.read, news)).toEqual([]);
  ears.close();
});

test('refuses a bad shape and the wrong person', async () => {
  expect(await bob.call('refuseChatRequest', { params: { chatId: 'x' } })).toMatchObject({ status: 400 });
  await expectNoChat(carol, 'refuseChatRequest', { params: { chatId } });
  expect(await nobody.call('refuseChatRequest', { params: { chatId } })).toMatchObject({ status: 401 });
});
