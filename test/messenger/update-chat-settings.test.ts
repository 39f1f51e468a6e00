import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { expectNoChat, listOf, openDirect, readChat, readEvents, say } from '../helpers/chats.ts';

const { nobody, signUp } = await startApp();
const alice = await signUp('alice');
const bob = await signUp('bob');
const carol = await signUp('carol');
const chatId = await openDirect(alice, bob);

const update = (body: object) => bob.call('updateChatSettings', { params: { chatId }, body });

test('the settings are the own ones, on all own devices', async () => {
  const [his, her] = [await bob.connect(), await alice.connect()];
  const mutedUntil = '2030-01-01T00:00:00.000Z';
  const { body } = await update({ mutedUntil, pinned: true, archived: true, isMassMentionMuted: true });
  expect(body).toMatchObject({ chatId, mutedUntil, pinned: true, archived: true, isMassMentionMuted: true });
  expect((await update({ notifications: 'mentions' })).body).toMatchObject({ pinned: true, notifications: 'mentions' });
  expect((await update({ notifications: 'all' })).body).toMatchObject({ notifications: 'all' });
  expect(await his.next('state.changed')).toMatchObject({ chatId, data: body });
  for (let i = 0; i < 2; i += 1) await his.next('state.changed');
  expect(await readEvents(her)).toEqual([]);
  expect(await readChat(bob, chatId)).toMatchObject(body);
  expect(await readChat(alice, chatId)).toMatchObject({ pinned: false, archived: false });
  expect((await update({ clear: ['mutedUntil'] })).body).not.toHaveProperty('mutedUntil');
  for (const socket of [his, her]) socket.close();
});

test('folders hold what they say', async () => {
  const folder = async (name: string) => {
    const { body } = await bob.call('listChats', { query: { folder: name } });
    return listOf(body.items).map((chat) => String(chat.chatId));
  };
  expect(await folder('archived')).toEqual([chatId]);
  expect(await folder('unread')).toEqual([]);
  await update({ markedUnread: true });
  expect(await folder('unread')).toEqual([chatId]);
  await say(alice, chatId, 'hi');
  await bob.call('markRead', { params: { chatId }, body: { seq: 1 } });
  expect(await folder('unread')).toEqual([]);
  expect(await readChat(bob, chatId)).toMatchObject({ markedUnread: false });
  await update({ archived: false });
  expect(await folder('archived')).toEqual([]);
});

test.each([[{ mutedUntil: 'tomorrow' }], [{ pinned: 'yes' }], [{ clear: ['pinned'] }], [{ readSeq: 1 }]])(
  'refuses %j',
  async (body) => {
    expect(await update(body)).toMatchObject({ status: 400 });
  },
);

test('refuses the wrong person', async () => {
  await expectNoChat(carol, 'updateChatSettings', { params: { chatId }, body: {} });
  expect(await nobody.call('updateChatSettings', { params: { chatId }, body: {} })).toMatchObject({ status: 401 });
});
