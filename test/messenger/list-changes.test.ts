import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { catchUp, listOf, openDirect, say } from '../helpers/chats.ts';

const { nobody, signUp } = await startApp();
const alice = await signUp('alice');
const bob = await signUp('bob');
const carol = await signUp('carol');
const chatId = await openDirect(alice, bob);
for (let i = 1; i <= 5; i += 1) await say(alice, chatId, `m${i}`);

test('a client that names its rev gets exactly what it missed', async () => {
  const all = await catchUp(bob, chatId, 0);
  expect(listOf(all.items).map(({ rev }) => rev)).toEqual([1, 2, 3, 4, 5]);
  const rest = await catchUp(bob, chatId, 3);
  expect(rest).toMatchObject({ rev: 5, hasMore: false });
  expect(listOf(rest.items).map(({ data }) => data?.text)).toEqual(['m4', 'm5']);
  expect(await catchUp(bob, chatId, 5)).toMatchObject({ rev: 5, items: [], hasMore: false });
});

test('a long catch-up goes page by page', async () => {
  const { body } = await bob.call('listChanges', { params: { chatId }, query: { since: 0, limit: 2 } });
  expect(body).toMatchObject({ rev: 2, hasMore: true });
  expect(listOf((await catchUp(bob, chatId, 2)).items)).toHaveLength(3);
});

test('refuses a bad shape and the wrong person', async () => {
  expect(await bob.call('listChanges', { params: { chatId } })).toMatchObject({ status: 400 });
  expect(await bob.call('listChanges', { params: { chatId }, query: { since: -1 } })).toMatchObject({ status: 400 });
  expect(await carol.call('listChanges', { params: { chatId }, query: { since: 0 } })).toMatchObject({ status: 404 });
  expect(await nobody.call('listChanges', { params: { chatId }, query: { since: 0 } })).toMatchObject({ status: 401 });
});
