import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { catchUp, createGroup, expectNoChat, readHistory, say, textsOf } from '../helpers/chats.ts';

const { nobody, signUp } = await startApp();
const alice = await signUp('alice');
const bob = await signUp('bob');
const carol = await signUp('carol');
const chatId = await createGroup(alice, [bob, carol]);

const goBack = (person: typeof bob) => person.call('returnToChat', { params: { chatId } });

test('who left by themself returns, and does not see what was said meanwhile beyond what newcomers see', async () => {
  await alice.call('updateChat', { params: { chatId }, body: { newcomerHistory: 1 } });
  await bob.call('removeMember', { params: { chatId, userId: bob.userId } });
  for (const text of ['secret', 'shown']) await say(alice, chatId, text);
  const { body } = await goBack(bob);
  expect(body).toMatchObject({ chatId, role: 'member', memberCount: 3 });
  expect(textsOf(await readHistory(bob, chatId))).toEqual(['shown', '']);
  expect((await readHistory(alice, chatId)).at(-1)).toMatchObject({ service: { action: 'member_returned' } });
  expect(await goBack(bob)).toMatchObject({ status: 200, body: { memberCount: 3 } });
});

test('the copy from before is too old to be caught up', async () => {
  const answer = await bob.call('listChanges', { params: { chatId }, query: { since: 5 } });
  expect(answer).toMatchObject({ status: 410, body: { code: 'changes_too_old' } });
  const { body } = await bob.call('syncChats', { body: { chats: { [chatId]: 5 } } });
  expect(body).toMatchObject({ reload: [chatId], changed: [], vanished: [] });
  expect(JSON.stringify(await catchUp(bob, chatId, 0))).not.toContain('secret');
});

test('whom the staff removed or banned does not, nor who was never there', async () => {
  await alice.call('removeMember', { params: { chatId, userId: carol.userId } });
  await expectNoChat(carol, 'returnToChat', { params: { chatId } });
  await alice.call('removeMember', { params: { chatId, userId: bob.userId }, query: { ban: true } });
  await expectNoChat(bob, 'returnToChat', { params: { chatId } });
  await expectNoChat(await signUp('mallory'), 'returnToChat', { params: { chatId } });
});

test('refuses a bad shape and who has not signed in', async () => {
  expect(await bob.call('returnToChat', { params: { chatId: 'x' } })).toMatchObject({ status: 400 });
  expect(await nobody.call('returnToChat', { params: { chatId } })).toMatchObject({ status: 401 });
});
