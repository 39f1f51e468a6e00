import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { createGroup, expectNoChat, listOf } from '../helpers/chats.ts';

const { nobody, signUp } = await startApp();
const alice = await signUp('alice');
const bob = await signUp('bob');
const carol = await signUp('carol');
const chatId = await createGroup(alice, [bob, carol]);
await alice.call('removeMember', { params: { chatId, userId: bob.userId }, query: { ban: true } });

test('the staff sees who is banned', async () => {
  const { body } = await alice.call('listBans', { params: { chatId } });
  expect(listOf(body.items)).toMatchObject([{ userId: bob.userId, state: 'removed' }]);
});

test('who left can be banned too, so that they do not return', async () => {
  await carol.call('removeMember', { params: { chatId, userId: carol.userId } });
  const params = { chatId, userId: carol.userId };
  expect(await alice.call('removeMember', { params, query: { ban: true } })).toMatchObject({ status: 204 });
  expect(listOf((await alice.call('listBans', { params: { chatId } })).body.items)).toHaveLength(2);
  await expectNoChat(carol, 'returnToChat', { params: { chatId } });
});

test('refuses a bad shape and the wrong person', async () => {
  expect(await alice.call('listBans', { params: { chatId }, query: { limit: 0 } })).toMatchObject({ status: 400 });
  const other = await createGroup(carol, [bob]);
  expect(await bob.call('listBans', { params: { chatId: other } })).toMatchObject({ status: 403 });
  await expectNoChat(bob, 'listBans', { params: { chatId } });
  expect(await nobody.call('listBans', { params: { chatId } })).toMatchObject({ status: 401 });
});
