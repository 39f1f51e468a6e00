import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { createGroup, say } from '../helpers/chats.ts';

const { app, db, signUp } = await startApp();
const alice = await signUp('alice');
const bob = await signUp('bob');
const newcomer = await signUp('newcomer');
const stranger = await signUp('stranger');
const mediaId = randomUUID();
const chatId = await createGroup(alice, [bob]);
const { seq } = await say(alice, chatId, 'смотри');
// No file can be uploaded for a message yet: it is put where an upload would put it.
await db.statement
  .updateTable('messages')
  .set({ attachments: JSON.stringify([{ mediaId, kind: 'image', contentType: 'image/webp', sizeBytes: 1 }]) })
  .where('chat_id', '=', chatId)
  .where('seq', '=', Number(seq))
  .execute();
const mayRead = (person: typeof bob, id = mediaId) => app.messenger.mayReadMedia(person.userId, id);

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
  const photoId = randomUUID();
  await db.statement.updateTable('chats').set({ photo_id: photoId }).where('chat_id', '=', chatId).execute();
  expect([await mayRead(alice, photoId), await mayRead(stranger, photoId)]).toEqual([true, false]);
});
