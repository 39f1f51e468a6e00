import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { createGroup, expectNoChat } from '../helpers/chats.ts';

const { nobody, signUp } = await startApp();
const alice = await signUp('alice');
const bob = await signUp('bob');
const chatId = await createGroup(alice, []);
const { body: invite } = await alice.call('createInvite', { params: { chatId }, body: {} });
const params = { chatId, inviteId: String(invite.inviteId) };

test('the old code is dead at once and the new one works', async () => {
  const { body: fresh } = await alice.call('resetInvite', { params });
  expect(fresh).toMatchObject({ inviteId: invite.inviteId, uses: 0 });
  const old = await bob.call('joinByInvite', { params: { code: String(invite.code) } });
  expect(old).toMatchObject({ status: 404, body: { code: 'invite_not_found' } });
  expect(await bob.call('joinByInvite', { params: { code: String(fresh.code) } })).toMatchObject({ status: 200 });
});

test('an invitation of another chat is none', async () => {
  const other = await createGroup(alice, []);
  const answer = await alice.call('resetInvite', { params: { ...params, chatId: other } });
  expect(answer).toMatchObject({ status: 404, body: { code: 'invite_not_found' } });
});

test('what was used stays used', async () => {
  const { body: single } = await alice.call('createInvite', { params: { chatId }, body: { maxUses: 1 } });
  await (await signUp('carol')).call('joinByInvite', { params: { code: String(single.code) } });
  const reset = await alice.call('resetInvite', { params: { chatId, inviteId: String(single.inviteId) } });
  expect(reset.body).toMatchObject({ uses: 1, maxUses: 1 });
  const dave = await signUp('dave');
  expect(await dave.call('joinByInvite', { params: { code: String(reset.body.code) } })).toMatchObject({ status: 404 });
});

test('a member resets what they made, unless it shows more than newcomers see by now', async () => {
  const { body: own } = await bob.call('createInvite', { params: { chatId }, body: { newcomerHistory: 50 } });
  const reset = () => bob.call('resetInvite', { params: { chatId, inviteId: String(own.inviteId) } });
  expect(await reset()).toMatchObject({ status: 200 });
  await alice.call('updateChat', { params: { chatId }, body: { newcomerHistory: 10 } });
  expect(await reset()).toMatchObject({ status: 403, body: { code: 'right_missing' } });
  expect(await bob.call('resetInvite', { params })).toMatchObject({ status: 403, body: { code: 'right_missing' } });
});

test('refuses a bad shape and the wrong person', async () => {
  expect(await alice.call('resetInvite', { params: { chatId, inviteId: 'x' } })).toMatchObject({ status: 400 });
  await alice.call('updateChat', { params: { chatId }, body: { rights: { invite: 'admins' } } });
  expect(await bob.call('resetInvite', { params })).toMatchObject({ status: 403 });
  await expectNoChat(await signUp('mallory'), 'resetInvite', { params });
  expect(await nobody.call('resetInvite', { params })).toMatchObject({ status: 401 });
});
