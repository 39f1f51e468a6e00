import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { createGroup, expectNoChat, listOf, say } from '../helpers/chats.ts';

const { nobody, signUp } = await startApp();
const alice = await signUp('alice');
const bob = await signUp('bob');
const carol = await signUp('carol');
const dave = await signUp('dave');
const chatId = await createGroup(alice, [bob, carol]);
const { seq } = await say(alice, chatId, 'кто прочтёт?');
const params = { chatId, seq: Number(seq) };

test('who has received and who has read, page by page', async () => {
  await bob.call('markDelivered', { params: { chatId }, body: { seq: Number(seq) } });
  await carol.call('markRead', { params: { chatId }, body: { seq: Number(seq) } });
  const { body } = await alice.call('listReceipts', { params });
  expect(listOf(body.items)).toEqual(
    expect.arrayContaining([
      { userId: bob.userId, isRead: false },
      { userId: carol.userId, isRead: true },
    ]),
  );
  const first = await alice.call('listReceipts', { params, query: { limit: 1 } });
  const query = { limit: 1, cursor: String(first.body.nextCursor) };
  const second = await alice.call('listReceipts', { params, query });
  expect([...listOf(first.body.items), ...listOf(second.body.items)]).toEqual(body.items);
  expect(second.body.nextCursor).toBeUndefined();
  expect(await bob.call('listReceipts', { params, query })).toMatchObject({ status: 400 });
});

test('refuses a bad shape and the wrong person', async () => {
  expect(await alice.call('listReceipts', { params: { chatId, seq: 0 } })).toMatchObject({ status: 400 });
  expect(await alice.call('listReceipts', { params: { chatId, seq: 99 } })).toMatchObject({ status: 404 });
  await expectNoChat(dave, 'listReceipts', { params });
  expect(await nobody.call('listReceipts', { params })).toMatchObject({ status: 401 });
});
