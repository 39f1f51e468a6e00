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
  expect(await alice.call('declineJoinRequest', { params: { chatId, userId: 'x' } })).toMatchObject({ status: 400 });
  expect(await bob.call('declineJoinRequest', { params })).toMatchObject({ status: 403 });
  await expectNoChat(carol, 'declineJoinRequest', { params });
  const nobodyAsked = await alice.call('declineJoinRequest', { params: { chatId, userId: bob.userId } });
  expect(nobodyAsked).toMatchObject({ status: 404, body: { code: 'join_request_not_found' } });
  expect(await nobody.call('declineJoinRequest', { params })).toMatchObject({ status: 401 });
});

test('who is declined is not in, is not told, and may ask again', async () => {
  const socket = await carol.connect();
  expect(await alice.call('declineJoinRequest', { params })).toMatchObject({ status: 204 });
  await socket.ask({ op: 'ping' });
  expect(socket.rest()).toEqual([]);
  await expectNoChat(carol, 'getChat', { params: { chatId } });
  await carol.call('joinByInvite', { params: { code: String(invite.code) } });
  expect(listOf((await alice.call('listJoinRequests', { params: { chatId } })).body.items)).toHaveLength(1);
  socket.close();
});
