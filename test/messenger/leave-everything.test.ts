import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { createGroup, openDirect, readChat, readHistory, say } from '../helpers/chats.ts';

const { db, settle, signUp } = await startApp();
const alice = await signUp('alice');
const bob = await signUp('bob');
const carol = await signUp('carol');

test('a person whose account ends leaves every group to an heir; direct chats stay with the other', async () => {
  const [owned, other] = [await createGroup(alice, [bob, carol]), await createGroup(bob, [alice])];
  const direct = await openDirect(alice, bob);
  await say(alice, direct, 'пока');
  await alice.call('saveDraft', { params: { chatId: owned }, body: { text: 'не для всех' } });
  await alice.call('updateMessengerSettings', { body: { showsReceipts: false } });
  const dave = await signUp('dave');
  await dave.call('blockUser', { params: { userId: alice.userId } });
  expect(await db.read.selectFrom('chat_blocks').selectAll().execute()).toHaveLength(2);
  const { status } = await alice.call('requestDeletion', { body: { password: alice.password } });
  expect(status).toBeLessThan(300);
  await settle();
  expect(await readChat(bob, owned)).toMatchObject({ role: 'owner', memberCount: 2 });
  expect((await readHistory(bob, other)).at(-1)).toMatchObject({ service: { action: 'member_left' } });
  expect(await readHistory(bob, direct)).toHaveLength(1);
  const left = await db.read.selectFrom('chat_members').selectAll().where('account_id', '=', alice.userId).execute();
  expect(left.map(({ draft_text }) => draft_text).join('')).toBe('');
  expect(await db.read.selectFrom('messenger_settings').selectAll().execute()).toEqual([]);
  expect(await db.read.selectFrom('chat_blocks').selectAll().execute()).toEqual([]);
});
