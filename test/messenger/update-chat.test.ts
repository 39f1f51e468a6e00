import { expect, test } from 'vitest';
import { type Person, startApp } from '../helpers/app.ts';
import {
  createGroup,
  expectNoChat,
  listOf,
  openDirect,
  readChat,
  readEvents,
  readHistory,
  typesOf,
} from '../helpers/chats.ts';
import { openLink, upload, uploadPicture, voiceNotes } from '../helpers/uploads.ts';

const { nobody, signUp, app, clock, db, url } = await startApp();
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

test('a photo that is not the own upload, or no picture, is refused', async () => {
  const voice = await upload(alice, 'voice', voiceNotes['audio/ogg'] ?? Buffer.alloc(0));
  for (const photoId of [crypto.randomUUID(), voice.mediaId, (await uploadPicture(bob)).mediaId]) {
    const answer = await update(alice, { photoId: String(photoId) });
    expect(answer).toMatchObject({ status: 404, body: { code: 'media_not_found' } });
  }
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

test('a photo has a service message, stands in the list with links, and goes when it is taken off', async () => {
  const socket = await bob.connect();
  const { mediaId, placeholder } = await uploadPicture(alice);
  const photoId = String(mediaId);
  const { body } = await update(alice, { photoId });
  expect(body).toMatchObject({ photoId, photo: { mediaId, placeholder } });
  expect(await socket.next('chat.updated')).toMatchObject({ chatId, data: { photoId } });
  const note = await socket.next('message.created');
  expect(note).toMatchObject({ chatId, data: { service: { action: 'photo_changed' } } });
  socket.close();
  const listed = listOf((await bob.call('listChats')).body.items).find((chat) => String(chat.chatId) === chatId);
  const [size] = listOf(listed?.photo?.sizes);
  expect((await openLink(url, size?.url)).status).toBe(200);
  expect((await bob.call('getMedia', { params: { mediaId: photoId } })).status).toBe(200);

  clock.advance(86_401);
  await app.media.collectOrphans();
  const [later, bobLater] = [await alice.signInAgain(), await bob.signInAgain()];
  expect((await bobLater.call('getMedia', { params: { mediaId: photoId } })).status).toBe(200);
  const cleared = await update(later, { clear: ['photoId'] });
  expect([cleared.body.photo, cleared.body.photoId]).toEqual([undefined, undefined]);
  expect((await bobLater.call('getMedia', { params: { mediaId: photoId } })).status).toBe(404);
  clock.advance(86_401);
  await app.media.collectOrphans();
  expect(await app.media.findUploads(db.read, [photoId])).toEqual([]);
});
