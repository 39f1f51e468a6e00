import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { createGroup, expectNoChat, listOf } from '../helpers/chats.ts';

const { nobody, signUp } = await startApp();
const alice = await signUp('alice');
const bob = await signUp('bob');
const carol = await signUp('carol');
const chatId = await createGroup(alice, [bob]);
const { body: invite } = await alice.call('createInvite', { params: { chatId }, body: { needsApproval: true } });
await carol.call('joinByInvite', { params: { code: String(invite.code) } });
const params = { chatId, userId: carol.userId };

test('refuses a bad shape and the wrong person', async () => {
  expect(await alice.call('acceptJoinRequest', { params: { chatId, userId: 'x' } })).toMatchObject({ status: 400 });
  expect(await bob.call('acceptJoinRequest', { params })).toMatchObject({ status: 403 });
  await expectNoChat(carol, 'acceptJoinRequest', { params });
  const nobodyAsked = await alice.call('acceptJoinRequest', { params: { chatId, userId: bob.userId } });
  expect(nobodyAsked).toMatchObject({ status: 404, body: { code: 'join_request_not_found' } });
  expect(await nobody.call('acceptJoinRequest', { params })).toMatchObject({ status: 401 });
});

test('who is accepted is in, once', async () => {
  const socket = await carol.connect();
  expect(await alice.call('acceptJoinRequest', { params })).toMatchObject({ status: 204 });
  expect(await socket.next('chat.created')).toMatchObject({ chatId });
  expect(await carol.call('getChat', { params: { chatId } })).toMatchObject({ status: 200, body: { memberCount: 3 } });
  expect(await alice.call('acceptJoinRequest', { params })).toMatchObject({ status: 404 });
  expect(listOf((await alice.call('listJoinRequests', { params: { chatId } })).body.items)).toEqual([]);
  socket.close();
});
