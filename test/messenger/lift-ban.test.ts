import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { createGroup, expectNoChat, listOf } from '../helpers/chats.ts';

const { nobody, signUp } = await startApp();
const alice = await signUp('alice');
const bob = await signUp('bob');
const carol = await signUp('carol');
const chatId = await createGroup(alice, [bob, carol]);
const params = { chatId, userId: bob.userId };
await alice.call('removeMember', { params, query: { ban: true } });

test('after a ban is lifted the staff can take the person back', async () => {
  const add = () => alice.call('addMembers', { params: { chatId }, body: { userIds: [bob.userId] } });
  expect((await add()).body.notAdded).toEqual([bob.userId]);
  expect(await alice.call('liftBan', { params })).toMatchObject({ status: 204 });
  expect(await alice.call('liftBan', { params })).toMatchObject({ status: 204 });
  expect(listOf((await add()).body.added)).toMatchObject([{ userId: bob.userId }]);
});

test('refuses a bad shape and the wrong person', async () => {
  expect(await alice.call('liftBan', { params: { chatId, userId: 'x' } })).toMatchObject({ status: 400 });
  expect(await carol.call('liftBan', { params })).toMatchObject({ status: 403 });
  await expectNoChat(await signUp('mallory'), 'liftBan', { params });
  expect(await nobody.call('liftBan', { params })).toMatchObject({ status: 401 });
});
