import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { catchUp, expectNoChat, openDirect, readChat, readHistory, say, textsOf } from '../helpers/chats.ts';

const { nobody, signUp } = await startApp();
const alice = await signUp('alice');
const bob = await signUp('bob');
const carol = await signUp('carol');
const chatId = await openDirect(alice, bob);
for (const text of ['one', 'two', 'three']) await say(alice, chatId, text);

const clear = (seq: number) => bob.call('clearHistory', { params: { chatId }, body: { seq } });

test('what is cleared is gone for one and there for the other', async () => {
  const socket = await bob.connect();
  const { body } = await clear(2);
  expect(body).toMatchObject({ clearedSeq: 2, readSeq: 2, unread: 1 });
  expect(await socket.next('state.changed')).toMatchObject({ data: { clearedSeq: 2 } });
  expect(textsOf(await readHistory(bob, chatId))).toEqual(['three']);
  expect(textsOf(await readHistory(alice, chatId))).toEqual(['one', 'two', 'three']);
  expect(await bob.call('getMessage', { params: { chatId, seq: 1 } })).toMatchObject({ status: 404 });
  expect((await catchUp(bob, chatId, 0)).items).toHaveLength(1);
  socket.close();
});

test('it goes forward only, never past the newest message', async () => {
  expect((await clear(1)).body).toMatchObject({ clearedSeq: 2 });
  expect((await clear(1_000)).body).toMatchObject({ clearedSeq: 3, unread: 0 });
  expect(await readChat(bob, chatId)).not.toHaveProperty('lastMessage');
  await say(alice, chatId, 'four');
  expect(textsOf(await readHistory(bob, chatId))).toEqual(['four']);
});

test('refuses a bad shape and the wrong person', async () => {
  expect(await clear(0)).toMatchObject({ status: 400 });
  await expectNoChat(carol, 'clearHistory', { params: { chatId }, body: { seq: 1 } });
  expect(await nobody.call('clearHistory', { params: { chatId }, body: { seq: 1 } })).toMatchObject({ status: 401 });
});
