import { expect, test } from 'vitest';
import { type Person, startApp } from '../helpers/app.ts';
import { createGroup, expectNoChat, openDirect, readChat, readEvents, readHistory, typesOf } from '../helpers/chats.ts';

const { nobody, signUp } = await startApp();
const alice = await signUp('alice');
const bob = await signUp('bob');
const carol = await signUp('carol');
const chatId = await createGroup(alice, [bob]);

const update = (person: Person, body: object) => person.call('updateChat', { params: { chatId }, body });

test('a new title is told, has a service message, and is there once', async () => {
  const socket = await bob.connect();
  const { body } = await update(alice, { title: 'Рейд' });
  expect(body).toMatchObject({ title: 'Рейд', memberCount: 2 });
  const events = await readEvents(socket);
  expect(typesOf(events)).toEqual(['chat.updated', 'message.created']);
  expect(events[0]).toMatchObject({ data: { title: 'Рейд' } });
  expect(events[1]).toMatchObject({ data: { service: { action: 'title_changed', title: 'Рейд' } } });
  const { rev } = await readChat(bob, chatId);
  await update(alice, { title: 'Рейд' });
  expect((await readChat(bob, chatId)).rev).toEqual(rev);
  socket.close();
});

test('each right is asked: title by editInfo, pace by staff, rights by the owner', async () => {
  for (const body of [{ title: 'Моё' }, { slowModeSeconds: 5 }, { rights: { write: 'members' } }]) {
    expect(await update(bob, body)).toMatchObject({ status: 403, body: { code: 'right_missing' } });
  }
  await alice.call('changeMember', { params: { chatId, userId: bob.userId }, body: { role: 'admin' } });
  expect(await update(bob, { title: 'Наше', slowModeSeconds: 5, newcomerHistory: 0 })).toMatchObject({ status: 200 });
  expect(await update(bob, { rights: { write: 'owner' } })).toMatchObject({ status: 403 });
  await alice.call('changeMember', { params: { chatId, userId: bob.userId }, body: { role: 'member' } });
  expect((await update(alice, { rights: { editInfo: 'members' } })).body.rights).toMatchObject({ editInfo: 'members' });
  expect(await update(bob, { title: 'Всех' })).toMatchObject({ status: 200, body: { title: 'Всех' } });
  expect(await readHistory(bob, chatId)).toHaveLength(4);
});

test('a photo that is not the own upload is refused', async () => {
  const answer = await update(alice, { photoId: crypto.randomUUID() });
  expect(answer).toMatchObject({ status: 404, body: { code: 'media_not_found' } });
});

test.each([[{ title: ' ' }], [{ slowModeSeconds: -1 }], [{ rights: { write: 'guests' } }], [{ ownerId: bob.userId }]])(
  'refuses %j',
  async (body) => {
    expect(await update(alice, body)).toMatchObject({ status: 400 });
  },
);

test('not a direct chat, not by strangers', async () => {
  const direct = await openDirect(bob, carol);
  expect(await bob.call('updateChat', { params: { chatId: direct }, body: { title: 'x' } })).toMatchObject({
    status: 422,
    body: { code: 'group_only' },
  });
  await expectNoChat(carol, 'updateChat', { params: { chatId }, body: { title: 'x' } });
  expect(await nobody.call('updateChat', { params: { chatId }, body: {} })).toMatchObject({ status: 401 });
});
