import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { createGroup, expectNoChat, openDirect, readChat, readHistory, say } from '../helpers/chats.ts';

const { app, signUp } = await startApp();
const alice = await signUp('alice');
const bob = await signUp('bob');
const carol = await signUp('carol');

test('a person whose account ends leaves every group to an heir; direct chats stay with the other', async () => {
  const [owned, other] = [await createGroup(alice, [bob, carol]), await createGroup(bob, [alice])];
  const direct = await openDirect(alice, bob);
  await say(alice, direct, 'пока');
  await app.messenger.leaveEverything(alice.userId);
  await app.messenger.leaveEverything(alice.userId);
  for (const chatId of [owned, other]) await expectNoChat(alice, 'getChat', { params: { chatId } });
  expect(await readChat(bob, owned)).toMatchObject({ role: 'owner', memberCount: 2 });
  expect((await readHistory(bob, other)).at(-1)).toMatchObject({ service: { action: 'member_left' } });
  expect(await readHistory(bob, direct)).toHaveLength(1);
});
