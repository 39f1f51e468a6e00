import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { askToWrite, openDirect, readChat, readEvents, say } from '../helpers/chats.ts';

const { nobody, signUp } = await startApp();
const alice = await signUp('alice');
const bob = await signUp('bob');
const carol = await signUp('carol');
const chatId = await openDirect(alice, bob);
for (let i = 0; i < 5; i += 1) await say(alice, chatId, `m${i}`);

const markRead = (seq: number) => bob.call('markRead', { params: { chatId }, body: { seq } });

test('the mark goes forward only, and never past the newest message', async () => {
  expect(await readChat(bob, chatId)).toMatchObject({ readSeq: 0, unread: 5 });
  expect((await markRead(3)).body).toMatchObject({ userId: bob.userId, readSeq: 3 });
  expect((await markRead(2)).body).toMatchObject({ readSeq: 3 });
  expect(await readChat(bob, chatId)).toMatchObject({ readSeq: 3, unread: 2 });
  expect((await markRead(1_000)).body).toMatchObject({ readSeq: 5 });
  expect(await readChat(bob, chatId)).toMatchObject({ readSeq: 5, unread: 0 });
});

test('own messages are not unread', async () => {
  await say(bob, chatId, 'mine');
  expect(await readChat(bob, chatId)).toMatchObject({ unread: 0 });
  expect(await readChat(alice, chatId)).toMatchObject({ unread: 1 });
});

test('the other one and the own devices are told', async () => {
  const sockets = [await alice.connect(), await bob.connect()];
  const ack = await sockets[1]?.ask({ op: 'read', chatId, seq: 6 });
  expect(ack).toMatchObject({ op: 'ack', data: { readSeq: 6 } });
  for (const socket of sockets) {
    expect(await socket.next('read.changed')).toMatchObject({ chatId, data: { userId: bob.userId, readSeq: 6 } });
    socket.close();
  }
});

test('a stranger does not learn that their request was read, until it is accepted', async () => {
  const request = await askToWrite(carol, bob);
  for (const text of ['one', 'two']) await say(carol, request, text);
  const ears = await carol.connect();
  const read = (seq: number) => bob.call('markRead', { params: { chatId: request }, body: { seq } });
  expect((await read(2)).body).toMatchObject({ readSeq: 2 });
  await bob.call('markDelivered', { params: { chatId: request }, body: { seq: 2 } });
  expect(await readEvents(ears)).toEqual([]);
  expect(await readChat(carol, request)).toMatchObject({ othersReadSeq: 0, othersDeliveredSeq: 0 });
  await bob.call('acceptChatRequest', { params: { chatId: request } });
  await say(carol, request, 'three');
  await read(3);
  expect(await ears.next('read.changed')).toMatchObject({ data: { userId: bob.userId, readSeq: 3 } });
  ears.close();
});

test('refuses a bad shape and the wrong person', async () => {
  expect(await markRead(0)).toMatchObject({ status: 400 });
  expect(await markRead(1.5)).toMatchObject({ status: 400 });
  expect(await carol.call('markRead', { params: { chatId }, body: { seq: 1 } })).toMatchObject({ status: 404 });
  const missing = await bob.call('markRead', { params: { chatId: randomUUID() }, body: { seq: 1 } });
  expect(missing).toMatchObject({ status: 404 });
  expect(await nobody.call('markRead', { params: { chatId }, body: { seq: 1 } })).toMatchObject({ status: 401 });
});
