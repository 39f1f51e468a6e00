import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { createGroup, expectNoChat, say } from '../helpers/chats.ts';

const { nobody, signUp } = await startApp();
const alice = await signUp('alice');
const bob = await signUp('bob');
const chatId = await createGroup(alice, [bob]);
const { seq } = await say(bob, chatId, 'Правила');
const params = { chatId, seq: Number(seq) };
await alice.call('pinMessage', { params });

test('a pin is taken away by whoever may pin, and told', async () => {
  expect(await bob.call('unpinMessage', { params })).toMatchObject({ status: 403 });
  const socket = await bob.connect();
  expect((await alice.call('unpinMessage', { params })).body).not.toHaveProperty('pinnedAt');
  expect((await socket.next('message.updated')).data).not.toHaveProperty('pinnedAt');
  expect(await alice.call('unpinMessage', { params })).toMatchObject({ status: 200 });
  socket.close();
});

test('refuses a bad shape and the wrong person', async () => {
  expect(await alice.call('unpinMessage', { params: { chatId, seq: 0 } })).toMatchObject({ status: 400 });
  await expectNoChat(await signUp('carol'), 'unpinMessage', { params });
  expect(await nobody.call('unpinMessage', { params })).toMatchObject({ status: 401 });
});
