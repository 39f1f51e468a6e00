import { expect, test } from 'vitest';
import { type Person, startApp } from '../helpers/app.ts';
import {
  catchUp,
  createGroup,
  expectNoChat,
  listOf,
  readChat,
  readEvents,
  readHistory,
  say,
} from '../helpers/chats.ts';

const { app, clock, db, nobody, signUp } = await startApp();
const alice = await signUp('alice');
const bob = await signUp('bob');
const carol = await signUp('carol');
const chatId = await createGroup(alice, [bob, carol]);

const remove = (person: Person, seq: unknown, forWhom?: string) =>
  person.call('deleteMessage', {
    params: { chatId, seq: Number(seq) },
    query: forWhom === undefined ? {} : { for: forWhom },
  });

test('for all: a tombstone without a trace of what was said, and moderators still find it', async () => {
  const { seq, rev } = await say(bob, chatId, 'тайна', { replyToSeq: 1, mentions: [carol.userId] });
  await carol.call('setReaction', { params: { chatId, seq: Number(seq), emoji: '🔥' } });
  await alice.call('pinMessage', { params: { chatId, seq: Number(seq) } });
  expect(await readChat(carol, chatId)).toMatchObject({ unread: 1, mentions: 1 });
  const socket = await carol.connect();
  expect(await remove(bob, seq, 'everyone')).toMatchObject({ status: 204 });
  const event = await socket.next('message.deleted');
  expect(JSON.stringify(event)).not.toContain('тайна');
  const tombstone = (await readHistory(carol, chatId)).find((one) => Number(one.seq) === Number(seq));
  expect(tombstone).toEqual({
    chatId,
    seq,
    rev: event.rev,
    authorId: bob.userId,
    clientId: tombstone?.clientId,
    text: '',
    createdAt: tombstone?.createdAt,
    deletedAt: tombstone?.deletedAt,
  });
  expect(tombstone?.deletedAt).toBeTruthy();
  expect(await readChat(carol, chatId)).toMatchObject({ unread: 0, mentions: 0 });
  expect((await carol.call('listPins', { params: { chatId } })).body.items).toEqual([]);
  expect(JSON.stringify(await catchUp(carol, chatId, Number(rev) - 1))).not.toContain('тайна');
  expect((await app.messenger.reviewMessage(chatId, Number(seq)))?.versions).toMatchObject([{ text: 'тайна' }]);
  await remove(bob, seq, 'everyone');
  expect(await readEvents(socket)).toEqual([]);
  socket.close();
});

test('for me: gone on all own devices, there for the others, and nobody else learns of it', async () => {
  const { seq, rev } = await say(bob, chatId, 'спам');
  const [hers, his] = [await carol.connect(), await bob.connect()];
  expect(await remove(carol, seq)).toMatchObject({ status: 204 });
  expect(await hers.next('message.hidden')).toMatchObject({ data: { chatId, seqs: [seq] } });
  expect(await readEvents(his)).toEqual([]);
  const seqsOf = async (person: Person) => (await readHistory(person, chatId)).map((one) => Number(one.seq));
  expect(await seqsOf(carol)).not.toContain(Number(seq));
  expect(await seqsOf(bob)).toContain(Number(seq));
  expect(await readChat(bob, chatId)).toMatchObject({ rev });
  expect(await readChat(carol, chatId)).toMatchObject({ unread: 0, lastMessage: { seq: Number(seq) - 1 } });
  // What becomes of it later does not reach her either.
  await bob.call('editMessage', { params: { chatId, seq: Number(seq) }, body: { text: 'спам 2' } });
  expect(await readEvents(hers)).toMatchObject([{ type: 'chat.advanced', data: {} }]);
  expect(listOf((await catchUp(carol, chatId, Number(rev))).items)).toEqual([]);
  for (const socket of [hers, his]) socket.close();
});

test('the staff takes back what lower ranks said, and nobody else what others said', async () => {
  const [hers, his] = [await say(carol, chatId, 'её'), await say(alice, chatId, 'главного')];
  expect(await remove(bob, hers.seq, 'everyone')).toMatchObject({ status: 403 });
  await alice.call('changeMember', { params: { chatId, userId: bob.userId }, body: { role: 'admin' } });
  expect(await remove(bob, his.seq, 'everyone')).toMatchObject({ status: 403 });
  expect(await remove(bob, hers.seq, 'everyone')).toMatchObject({ status: 204 });
  await alice.call('changeMember', { params: { chatId, userId: bob.userId }, body: { role: 'member' } });
});

test('moderators take down by the face of the module, with the versions kept', async () => {
  const { seq } = await say(bob, chatId, 'угроза');
  const socket = await carol.connect();
  await db.transaction((tx) => app.messenger.takeDownMessage(tx, chatId, Number(seq), alice.userId));
  expect(await socket.next('message.deleted')).toMatchObject({ data: { seq, text: '' } });
  expect(await app.messenger.reviewMessage(chatId, Number(seq))).toMatchObject({
    text: '',
    versions: [{ text: 'угроза', replacedBy: alice.userId }],
  });
  socket.close();
});

test('refuses a bad shape and the wrong person', async () => {
  expect(await remove(alice, 0)).toMatchObject({ status: 400 });
  expect(await remove(alice, 1, 'nobody')).toMatchObject({ status: 400 });
  expect(await remove(alice, 999, 'everyone')).toMatchObject({ status: 404, body: { code: 'message_not_found' } });
  await expectNoChat(await signUp('mallory'), 'deleteMessage', { params: { chatId, seq: 1 } });
  expect(await nobody.call('deleteMessage', { params: { chatId, seq: 1 } })).toMatchObject({ status: 401 });
});

test('after 48 hours an author cannot, the staff can', async () => {
  const { seq } = await say(bob, chatId, 'давнее');
  clock.advance(48 * 3_600 + 1);
  expect(await remove(await bob.signInAgain(), seq, 'everyone')).toMatchObject({
    status: 409,
    body: { code: 'too_late_to_edit' },
  });
  expect(await remove(await alice.signInAgain(), seq, 'everyone')).toMatchObject({ status: 204 });
});
