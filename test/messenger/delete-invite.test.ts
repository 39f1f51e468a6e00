import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { createGroup, expectNoChat, listOf } from '../helpers/chats.ts';

const { nobody, signUp } = await startApp();
const alice = await signUp('alice');
const bob = await signUp('bob');
const chatId = await createGroup(alice, [bob]);
const { body: invite } = await alice.call('createInvite', { params: { chatId }, body: {} });
const params = { chatId, inviteId: String(invite.inviteId) };

test('members withdraw what they made, and nothing of others', async () => {
  const { body: own } = await bob.call('createInvite', { params: { chatId }, body: {} });
  expect(await bob.call('deleteInvite', { params: { chatId, inviteId: String(own.inviteId) } })).toMatchObject({
    status: 204,
  });
  expect(await bob.call('deleteInvite', { params })).toMatchObject({ status: 403, body: { code: 'right_missing' } });
  const { body } = await alice.call('listInvites', { params: { chatId } });
  expect(listOf(body.items).map(({ inviteId }) => inviteId)).toEqual([invite.inviteId]);
});

test('refuses a bad shape and the wrong person', async () => {
  expect(await alice.call('deleteInvite', { params: { chatId, inviteId: 'x' } })).toMatchObject({ status: 400 });
  await alice.call('updateChat', { params: { chatId }, body: { rights: { invite: 'admins' } } });
  expect(await bob.call('deleteInvite', { params })).toMatchObject({ status: 403 });
  await expectNoChat(await signUp('mallory'), 'deleteInvite', { params });
  expect(await nobody.call('deleteInvite', { params })).toMatchObject({ status: 401 });
  const other = await createGroup(alice, []);
  expect(await alice.call('deleteInvite', { params: { ...params, chatId: other } })).toMatchObject({ status: 204 });
  expect(listOf((await alice.call('listInvites', { params: { chatId } })).body.items)).toHaveLength(1);
});

test('a withdrawn link lets nobody in', async () => {
  expect(await alice.call('deleteInvite', { params })).toMatchObject({ status: 204 });
  expect(await alice.call('deleteInvite', { params })).toMatchObject({ status: 204 });
  const carol = await signUp('carol');
  const answer = await carol.call('joinByInvite', { params: { code: String(invite.code) } });
  expect(answer).toMatchObject({ status: 404, body: { code: 'invite_not_found' } });
});
