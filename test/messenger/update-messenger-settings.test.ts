import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { listOf, openDirect, readChat, readEvents, say } from '../helpers/chats.ts';

const { nobody, signUp } = await startApp();
const alice = await signUp('alice');
const bob = await signUp('bob');
const chatId = await openDirect(alice, bob);
for (const text of ['one', 'two']) await say(alice, chatId, text);

test('who hides receipts reads unseen, and what was seen before stays', async () => {
  await bob.call('markRead', { params: { chatId }, body: { seq: 1 } });
  expect((await bob.call('updateMessengerSettings', { body: { showsReceipts: false } })).body).toEqual({
    showsReceipts: false,
  });
  const [her, his] = [await alice.connect(), await bob.connect()];
  await bob.call('markRead', { params: { chatId }, body: { seq: 2 } });
  expect(await his.next('read.changed')).toMatchObject({ data: { readSeq: 2 } });
  expect(await readEvents(her)).toEqual([]);
  expect(await readChat(alice, chatId)).toMatchObject({ othersReadSeq: 1 });
  expect(await readChat(bob, chatId)).toMatchObject({ readSeq: 2, unread: 0 });
  const { body } = await alice.call('listReceipts', { params: { chatId, seq: 2 } });
  expect(listOf(body.items)).toEqual([]);
  for (const socket of [her, his]) socket.close();
});

test('refuses a bad shape and who has not signed in', async () => {
  expect(await bob.call('updateMessengerSettings', { body: { showsReceipts: 1 } })).toMatchObject({ status: 400 });
  expect(await nobody.call('updateMessengerSettings', { body: {} })).toMatchObject({ status: 401 });
});
