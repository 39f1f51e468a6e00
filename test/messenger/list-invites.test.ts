import { expect, test } from 'vitest';
import { type Person, startApp } from '../helpers/app.ts';
import { createGroup, expectNoChat, listOf } from '../helpers/chats.ts';

const { clock, nobody, signUp } = await startApp();
const alice = await signUp('alice');
const bob = await signUp('bob');
const carol = await signUp('carol');
const chatId = await createGroup(alice, [bob]);

test('the staff sees all links, also the spent ones, and whoever else may invite sees their own', async () => {
  const { body: invite } = await alice.call('createInvite', { params: { chatId }, body: { maxUses: 1 } });
  await carol.call('joinByInvite', { params: { code: String(invite.code) } });
  clock.advance(1);
  const { body: own } = await bob.call('createInvite', { params: { chatId }, body: {} });
  const listFor = async (person: Person) =>
    listOf((await person.call('listInvites', { params: { chatId } })).body.items);
  expect(await listFor(alice)).toEqual([{ ...invite, uses: 1 }, own]);
  expect(await listFor(bob)).toEqual([own]);
});

test('refuses a bad shape and the wrong person', async () => {
  await alice.call('updateChat', { params: { chatId }, body: { rights: { invite: 'admins' } } });
  expect(await bob.call('listInvites', { params: { chatId } })).toMatchObject({ status: 403 });
  expect(await bob.call('listInvites', { params: { chatId: 'x' } })).toMatchObject({ status: 400 });
  await expectNoChat(await signUp('mallory'), 'listInvites', { params: { chatId } });
  expect(await nobody.call('listInvites', { params: { chatId } })).toMatchObject({ status: 401 });
});
