import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { openDirect, readHistory, say, textsOf } from '../helpers/chats.ts';

const { nobody, signUp } = await startApp();
const alice = await signUp('alice');
const bob = await signUp('bob');
const carol = await signUp('carol');
const chatId = await openDirect(alice, bob);
for (let i = 1; i <= 10; i += 1) await say(i % 2 === 0 ? alice : bob, chatId, `m${i}`);

test.each([
  ['the newest page', { limit: 3 }, ['m8', 'm9', 'm10'], true],
  ['all of it', {}, Array.from({ length: 10 }, (_, i) => `m${i + 1}`), false],
  ['what stands before', { before: 4, limit: 2 }, ['m2', 'm3'], true],
  ['the beginning', { before: 3, limit: 2 }, ['m1', 'm2'], false],
  ['what stands after', { after: 8, limit: 2 }, ['m9', 'm10'], false],
  ['what stands after with more to come', { after: 2, limit: 2 }, ['m3', 'm4'], true],
  ['both sides', { around: 5, limit: 4 }, ['m3', 'm4', 'm5', 'm6'], true],
])('reads %s', async (_what, query, texts, hasMore) => {
  const { body } = await alice.call('listMessages', { params: { chatId }, query });
  expect(body.hasMore).toBe(hasMore);
  expect(textsOf(await readHistory(bob, chatId, query))).toEqual(texts);
});

test.each([
  ['two places at once', { before: 3, after: 1 }],
  ['a limit without bounds', { limit: 1e9 }],
  ['a negative limit', { limit: -1 }],
  ['a number past all numbers', { before: '1e400' }],
  ['an unknown field', { offset: 10 }],
])('refuses %s', async (_what, query) => {
  expect(await alice.call('listMessages', { params: { chatId }, query })).toMatchObject({ status: 400 });
});

test('who is no member gets the answer of a chat that does not exist', async () => {
  const foreign = await carol.call('listMessages', { params: { chatId } });
  const missing = await carol.call('listMessages', { params: { chatId: randomUUID() } });
  expect(foreign).toMatchObject({ status: 404, body: { ...missing.body, instance: foreign.body.instance } });
  expect(await nobody.call('listMessages', { params: { chatId } })).toMatchObject({ status: 401 });
});
