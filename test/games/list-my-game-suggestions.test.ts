import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { listOf } from '../helpers/chats.ts';

const { signUp, clock } = await startApp();
const alice = await signUp('alice');
const bob = await signUp('bob');

test('everybody sees their own, the latest first, page by page, in their own words', async () => {
  for (const name of ['One of mine', 'Two of mine', 'Three of mine']) {
    clock.advance(1);
    await alice.call('suggestGame', { body: { name } });
  }
  await bob.call('suggestGame', { body: { name: 'one OF mine', comment: 'please' } });
  const first = await alice.call('listMyGameSuggestions', { query: { limit: 2 } });
  const cursor = String(first.body.nextCursor);
  const second = await alice.call('listMyGameSuggestions', { query: { limit: 2, cursor } });
  const names = [...listOf(first.body.items), ...listOf(second.body.items)].map(({ name }) => String(name));
  expect(names).toEqual(['Three of mine', 'Two of mine', 'One of mine']);
  expect(second.body.nextCursor).toBeUndefined();
  expect((await bob.call('listMyGameSuggestions')).body.items).toMatchObject([
    { name: 'one OF mine', comment: 'please', state: 'pending' },
  ]);
  expect((await bob.call('listMyGameSuggestions', { query: { cursor } })).status).toBe(400);
});
