import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { createGroup, expectNoChat, listOf } from '../helpers/chats.ts';

const { nobody, signUp } = await startApp();
const alice = await signUp('alice');
const bob = await signUp('bob');
const guests = await Promise.all(['carol', 'dave', 'erin'].map((name) => signUp(name)));
const chatId = await createGroup(alice, [bob]);
const { body: invite } = await alice.call('createInvite', { params: { chatId }, body: { needsApproval: true } });
for (const guest of guests) await guest.call('joinByInvite', { params: { code: String(invite.code) } });

test('the staff sees who asks, page by page', async () => {
  const first = await alice.call('listJoinRequests', { params: { chatId }, query: { limit: 2 } });
  const query = { cursor: String(first.body.nextCursor) };
  const second = await alice.call('listJoinRequests', { params: { chatId }, query });
  const seen = [...listOf(first.body.items), ...listOf(second.body.items)].map(({ userId }) => String(userId));
  expect(seen).toEqual(guests.map(({ userId }) => userId).toSorted());
  expect(second.body.nextCursor).toBeUndefined();
});

test('refuses a bad shape and the wrong person', async () => {
  const query = { cursor: 'AAAA' };
  expect(await alice.call('listJoinRequests', { params: { chatId }, query })).toMatchObject({ status: 400 });
  expect(await bob.call('listJoinRequests', { params: { chatId } })).toMatchObject({ status: 403 });
  await expectNoChat(await signUp('mallory'), 'listJoinRequests', { params: { chatId } });
  expect(await nobody.call('listJoinRequests', { params: { chatId } })).toMatchObject({ status: 401 });
});
