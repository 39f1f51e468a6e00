import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { listOf, openDirect, say } from '../helpers/chats.ts';

const { nobody, signUp } = await startApp();
const alice = await signUp('alice');
const bob = await signUp('bob');
const carol = await signUp('carol');
const withBob = await openDirect(alice, bob);
const withCarol = await openDirect(alice, carol);

const sync = (chats: object) => alice.call('syncChats', { body: { chats } });

test('one call tells what changed, appeared and vanished', async () => {
  await say(bob, withBob, 'one');
  await say(bob, withBob, 'two');
  const unknownId = randomUUID();
  const { body } = await sync({ [withBob]: 1, [unknownId]: 7 });
  expect(listOf(body.changed)).toHaveLength(1);
  expect(listOf(body.changed)[0]).toMatchObject({ chatId: withBob, rev: 2, hasMore: false });
  expect(listOf(listOf(body.changed)[0]?.items).map(({ data }) => data?.text)).toEqual(['two']);
  expect(listOf(body.appeared)).toMatchObject([{ chatId: withCarol }]);
  expect(body.vanished).toEqual([unknownId]);
});

test('a client that has everything gets nothing', async () => {
  const { body } = await sync({ [withBob]: 2, [withCarol]: 0 });
  expect(body).toMatchObject({ changed: [], appeared: [], vanished: [] });
});

test('the chat of others is as one that does not exist', async () => {
  const foreign = await openDirect(bob, carol);
  const { body } = await sync({ [withBob]: 2, [withCarol]: 0, [foreign]: 0 });
  expect(body).toMatchObject({ changed: [], vanished: [foreign] });
});

test('refuses a bad shape and who has not signed in', async () => {
  expect(await sync({ bob: 1 })).toMatchObject({ status: 400 });
  expect(await sync({ [withBob]: -1 })).toMatchObject({ status: 400 });
  expect(await sync({ [withBob]: '1' })).toMatchObject({ status: 400 });
  const many = Object.fromEntries(Array.from({ length: 1_001 }, () => [randomUUID(), 0]));
  expect(await sync(many)).toMatchObject({ status: 400 });
  expect(await nobody.call('syncChats', { body: { chats: {} } })).toMatchObject({ status: 401 });
});
