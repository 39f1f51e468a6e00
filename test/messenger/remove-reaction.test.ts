import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { expectNoChat, openDirect, readEvents, say } from '../helpers/chats.ts';

const { nobody, signUp } = await startApp();
const alice = await signUp('alice');
const bob = await signUp('bob');
const chatId = await openDirect(alice, bob);
await say(alice, chatId, 'GG');
const params = { chatId, seq: 1, emoji: '🔥' };

test('a reaction is taken back and told; what is not there is not told', async () => {
  await bob.call('setReaction', { params });
  const socket = await alice.connect();
  const { body } = await bob.call('removeReaction', { params });
  expect(body).not.toHaveProperty('reactions');
  expect(await socket.next('reaction.changed')).toMatchObject({ data: { reaction: { emoji: '🔥', isSet: false } } });
  expect((await bob.call('removeReaction', { params })).body).toEqual(body);
  expect(await readEvents(socket)).toEqual([]);
  socket.close();
});

test('nobody takes back what another one set', async () => {
  await bob.call('setReaction', { params });
  const { body } = await alice.call('removeReaction', { params });
  expect(body).toMatchObject({ reactions: [{ emoji: '🔥', count: 1 }], myReactions: [] });
});

test('refuses a bad shape and the wrong person', async () => {
  expect(await bob.call('removeReaction', { params: { ...params, emoji: 'x' } })).toMatchObject({ status: 400 });
  await expectNoChat(await signUp('carol'), 'removeReaction', { params });
  expect(await nobody.call('removeReaction', { params })).toMatchObject({ status: 401 });
});
