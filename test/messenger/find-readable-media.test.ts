import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { createGroup, say } from '../helpers/chats.ts';
import { uploadPicture } from '../helpers/uploads.ts';

const { app, signUp } = await startApp();
const alice = await signUp('alice');
const bob = await signUp('bob');
const newcomer = await signUp('newcomer');
const stranger = await signUp('stranger');
const mediaId = String((await uploadPicture(alice)).mediaId);
const chatId = await createGroup(alice, [bob]);
const { seq } = await say(alice, chatId, 'смотри', { attachments: [{ mediaId }] });
const mayRead = async (person: typeof bob, id = mediaId) =>
  (await app.messenger.findReadableMedia(person.userId, [id, randomUUID()])).has(id);

test('a file is open to those who may read a message with it now, and to nobody else', async () => {
  expect([await mayRead(alice), await mayRead(bob), await mayRead(stranger)]).toEqual([true, true, false]);
  expect(await mayRead(alice, randomUUID())).toBe(false);
  const { body: invite } = await alice.call('createInvite', { params: { chatId }, body: { newcomerHistory: 0 } });
  await newcomer.call('joinByInvite', { params: { code: String(invite.code) } });
  expect(await mayRead(newcomer)).toBe(false);
  await alice.call('removeMember', { params: { chatId, userId: bob.userId } });
  expect(await mayRead(bob)).toBe(false);
  await alice.call('deleteMessage', { params: { chatId, seq: Number(seq) }, query: { for: 'everyone' } });
  expect(await mayRead(alice)).toBe(false);
});

test('the photo of a group is open to its members', async () => {
  const photoId = String((await uploadPicture(alice)).mediaId);
  await alice.call('updateChat', { params: { chatId }, body: { photoId } });
  expect([await mayRead(alice, photoId), await mayRead(stranger, photoId)]).toEqual([true, false]);
});
