import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { createGroup, expectNoChat, listOf } from '../helpers/chats.ts';

const { nobody, signUp } = await startApp();
const alice = await signUp('alice');
const bob = await signUp('bob');
const carol = await signUp('carol');
const chatId = await createGroup(alice, [bob]);

test('whoever may invite sees the links, also the spent ones', async () => {
  const { body: invite } = await alice.call('createInvite', { params: { chatId }, body: { maxUses: 1 } });
  await carol.call('joinByInvite', { params: { code: String(invite.code) } });
  const { body } = await bob.call('listInvites', { params: { chatId } });
  expect(listOf(body.items)).toEqual([{ ...invite, uses: 1 }]);
});

test('refuses a bad shape and the wrong person', async () => {
  await alice.call('updateChat', { params: { chatId }, body: { rights: { invite: 'admins' } } });
  expect(await bob.call('listInvites', { params: { chatId } })).toMatchObject({ status: 403 });
  expect(await bob.call('listInvites', { params: { chatId: 'x' } })).toMatchObject({ status: 400 });
  await expectNoChat(await signUp('mallory'), 'listInvites', { params: { chatId } });
  expect(await nobody.call('listInvites', { params: { chatId } })).toMatchObject({ status: 401 });
});
