import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { createGroup, expectNoChat, listOf, openDirect, readHistory, say } from '../helpers/chats.ts';

const { nobody, signUp } = await startApp();
const alice = await signUp('alice');
const bob = await signUp('bob');
const carol = await signUp('carol');
const direct = await openDirect(alice, bob);

test('the owner alone ends a group, for everybody and for ever', async () => {
  const chatId = await createGroup(bob, [carol]);
  const { body: invite } = await bob.call('createInvite', { params: { chatId }, body: {} });
  expect(await carol.call('deleteChat', { params: { chatId } })).toMatchObject({ status: 403 });
  await expectNoChat(alice, 'deleteChat', { params: { chatId } });
  const socket = await carol.connect();
  expect(await bob.call('deleteChat', { params: { chatId } })).toMatchObject({ status: 204 });
  expect(await socket.next('chat.removed')).toMatchObject({ chatId });
  for (const person of [bob, carol]) {
    await expectNoChat(person, 'getChat', { params: { chatId } });
    await expectNoChat(person, 'returnToChat', { params: { chatId } });
  }
  const joined = await alice.call('joinByInvite', { params: { code: String(invite.code) } });
  expect(joined).toMatchObject({ status: 404, body: { code: 'invite_not_found' } });
  socket.close();
});

test('a direct chat goes with its history for one alone, and comes back with the next message', async () => {
  await say(alice, direct, 'old');
  const socket = await bob.connect();
  expect(await bob.call('deleteChat', { params: { chatId: direct } })).toMatchObject({ status: 204 });
  expect(await socket.next('chat.removed')).toMatchObject({ chatId: direct });
  const listed = async () => listOf((await bob.call('listChats')).body.items).map(({ chatId }) => String(chatId));
  expect(await listed()).not.toContain(direct);
  const { body } = await bob.call('syncChats', { body: { chats: { [direct]: 1 } } });
  expect(body.vanished).toEqual([direct]);
  expect(await readHistory(alice, direct)).toHaveLength(1);

  await say(alice, direct, 'new');
  expect(await listed()).toContain(direct);
  expect(await readHistory(bob, direct)).toMatchObject([{ text: 'new' }]);
  socket.close();
});

test('refuses a bad shape and who has not signed in', async () => {
  expect(await alice.call('deleteChat', { params: { chatId: 'x' } })).toMatchObject({ status: 400 });
  expect(await nobody.call('deleteChat', { params: { chatId: direct } })).toMatchObject({ status: 401 });
});

test('a message that comes while a direct chat is deleted brings it back', async () => {
  const [erin, frank] = [await signUp('erin'), await signUp('frank')];
  const chatId = await openDirect(erin, frank);
  await say(erin, chatId, 'before');
  for (let round = 0; round < 20; round += 1) {
    await Promise.all([say(erin, chatId, `line ${round}`), frank.call('deleteChat', { params: { chatId } })]);
    const isUnread = (await readHistory(frank, chatId)).length > 0;
    const listed = listOf((await frank.call('listChats')).body.items).map((chat) => String(chat.chatId));
    expect(listed.includes(chatId)).toBe(isUnread);
  }
});
