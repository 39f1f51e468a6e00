import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { expectNoChat, listOf, openDirect, say } from '../helpers/chats.ts';

const { nobody, signUp } = await startApp();
const alice = await signUp('alice');
const bob = await signUp('bob');
const chatId = await openDirect(alice, bob);
await say(alice, chatId, 'GG');
const params = { chatId, seq: 1 };
await bob.call('setReaction', { params: { ...params, emoji: '🔥' } });
await bob.call('setReaction', { params: { ...params, emoji: '🏆' } });
await alice.call('setReaction', { params: { ...params, emoji: '🔥' } });

test('who reacted and how, page by page', async () => {
  const first = await alice.call('listReactions', { params, query: { limit: 2 } });
  const second = await alice.call('listReactions', { params, query: { cursor: String(first.body.nextCursor) } });
  const seen = [...listOf(first.body.items), ...listOf(second.body.items)];
  expect(seen).toHaveLength(3);
  expect(seen).toEqual(
    expect.arrayContaining([
      { userId: bob.userId, emoji: '🔥' },
      { userId: bob.userId, emoji: '🏆' },
      { userId: alice.userId, emoji: '🔥' },
    ]),
  );
});

test('refuses a bad shape and the wrong person', async () => {
  expect(await alice.call('listReactions', { params, query: { cursor: 'x' } })).toMatchObject({ status: 400 });
  expect(await alice.call('listReactions', { params: { chatId, seq: 9 } })).toMatchObject({ status: 404 });
  await expectNoChat(await signUp('carol'), 'listReactions', { params });
  expect(await nobody.call('listReactions', { params })).toMatchObject({ status: 401 });
});
