import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { expectNoChat, openDirect, readChat, say } from '../helpers/chats.ts';

const { nobody, signUp } = await startApp();
const alice = await signUp('alice');
const bob = await signUp('bob');
const carol = await signUp('carol');
const chatId = await openDirect(alice, bob);
for (const text of ['one', 'two', 'three']) await say(alice, chatId, text);

test('what a device has received is shown, forward only, and reading is receiving', async () => {
  const [her, his] = [await alice.connect(), await bob.connect()];
  expect(await his.ask({ op: 'delivered', chatId, seq: 2 })).toMatchObject({ op: 'ack', data: { deliveredSeq: 2 } });
  expect(await her.next('delivered.changed')).toMatchObject({ data: { userId: bob.userId, deliveredSeq: 2 } });
  const { body } = await bob.call('markDelivered', { params: { chatId }, body: { seq: 1 } });
  expect(body).toMatchObject({ deliveredSeq: 2 });
  expect(await readChat(alice, chatId)).toMatchObject({ othersDeliveredSeq: 2, othersReadSeq: 0 });
  await bob.call('markRead', { params: { chatId }, body: { seq: 3 } });
  expect(await readChat(alice, chatId)).toMatchObject({ othersDeliveredSeq: 3, othersReadSeq: 3 });
  for (const socket of [her, his]) socket.close();
});

test('refuses a bad shape and the wrong person', async () => {
  expect(await bob.call('markDelivered', { params: { chatId }, body: { seq: 0 } })).toMatchObject({ status: 400 });
  await expectNoChat(carol, 'markDelivered', { params: { chatId }, body: { seq: 1 } });
  expect(await nobody.call('markDelivered', { params: { chatId }, body: { seq: 1 } })).toMatchObject({ status: 401 });
});
