import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { catchUp, createGroup, listOf, openDirect, readHistory, say, trySay } from '../helpers/chats.ts';
import { startUpload, upload, uploadPicture, voiceNotes } from '../helpers/uploads.ts';

const { signUp, db } = await startApp();
const alice = await signUp('alice');
const bob = await signUp('bob');
const chatId = await createGroup(alice, [bob]);

test('a message carries what a client needs to lay it out, the same live, in history and in catch-up', async () => {
  const socket = await bob.connect();
  const picture = await uploadPicture(alice);
  const voice = await upload(alice, 'voice', voiceNotes['audio/mp4'] ?? Buffer.alloc(0), { durationSeconds: 7 });
  const file = await upload(alice, 'file', Buffer.from('%PDF-1.7 ...'), { name: 'Тактика.pdf' });
  const attachments = [picture, voice, file].map(({ mediaId }) => ({ mediaId: String(mediaId) }));
  const sent = await say(alice, chatId, 'смотри', { attachments });
  expect(sent.attachments).toEqual([
    {
      mediaId: picture.mediaId,
      kind: 'picture',
      contentType: 'image/webp',
      sizeBytes: picture.sizeBytes,
      width: 1_000,
      height: 600,
      placeholder: picture.placeholder,
    },
    { mediaId: voice.mediaId, kind: 'voice', contentType: 'audio/mp4', sizeBytes: 3_032, durationSeconds: 7 },
    { mediaId: file.mediaId, kind: 'file', contentType: 'application/pdf', sizeBytes: 12, name: 'Тактика.pdf' },
  ]);
  expect(await socket.next('message.created')).toMatchObject({ chatId, rev: sent.rev, data: sent });
  expect((await readHistory(bob, chatId)).at(-1)).toEqual(sent);
  const changes = await catchUp(bob, chatId, Number(sent.rev) - 1);
  expect(listOf(changes.items).at(-1)?.data).toEqual(sent);
  socket.close();
});

test('a send that is repeated, even at once, is one message and keeps its file once', async () => {
  const { mediaId } = await uploadPicture(alice);
  const message = { clientId: randomUUID(), attachments: [{ mediaId: String(mediaId) }] };
  const answers = await Promise.all(Array.from({ length: 10 }, () => trySay(alice, chatId, 'раз', message)));
  expect(new Set(answers.map(({ status, body }) => `${status} ${String(body.seq)}`)).size).toBe(1);
  const { uses } = await db.read
    .selectFrom('media')
    .select('uses')
    .where('media_id', '=', String(mediaId))
    .executeTakeFirstOrThrow();
  expect(uses).toBe(1);
  const other = { ...message, attachments: [{ mediaId: String((await uploadPicture(alice)).mediaId) }] };
  expect(await trySay(alice, chatId, 'раз', other)).toMatchObject({ status: 409, body: { code: 'client_id_reused' } });
});

test('only own, finished uploads are attached', async () => {
  const unfinished = await startUpload(alice, 'picture', 5_000);
  for (const mediaId of [randomUUID(), unfinished.mediaId, (await uploadPicture(bob)).mediaId]) {
    const answer = await trySay(alice, chatId, '', { attachments: [{ mediaId: String(mediaId) }] });
    expect(answer).toMatchObject({ status: 404, body: { code: 'media_not_found' } });
  }
  const eleven = Array.from({ length: 11 }, () => ({ mediaId: randomUUID() }));
  expect((await trySay(alice, chatId, '', { attachments: eleven })).status).toBe(400);
});

test('a forward brings files along, also those of a forward, and names who sent them', async () => {
  const carol = await signUp('carol');
  const direct = await openDirect(bob, carol);
  const { mediaId } = await uploadPicture(alice);
  const first = await say(alice, chatId, '', { attachments: [{ mediaId: String(mediaId) }] });
  const second = await say(bob, direct, 'гляди', { forward: { chatId, seqs: [Number(first.seq)] } });
  const third = await say(carol, direct, '', { forward: { chatId: direct, seqs: [Number(second.seq)] } });
  for (const message of [second, third]) {
    expect(listOf(message.forwards)[0]).toMatchObject({ authorId: alice.userId, attachments: first.attachments });
    expect(message.attachments).toBeUndefined();
  }
});

test('a group that its owner ends lets its files go, as often as they were sent', async () => {
  const dave = await signUp('dave');
  const group = await createGroup(dave, [bob]);
  const { mediaId } = await uploadPicture(dave);
  const attachments = [{ mediaId: String(mediaId) }];
  await say(dave, group, 'раз', { attachments });
  await say(dave, group, 'два', { attachments });
  await dave.call('updateChat', { params: { chatId: group }, body: { photoId: String(mediaId) } });
  const elsewhere = await openDirect(dave, bob);
  await say(dave, elsewhere, 'три', { attachments });
  const countUses = async () =>
    (await db.read.selectFrom('media').select('uses').where('media_id', '=', String(mediaId)).executeTakeFirst())?.uses;
  expect(await countUses()).toBe(4);
  await dave.call('deleteChat', { params: { chatId: group } });
  expect(await countUses()).toBe(1);
  expect((await bob.call('getMedia', { params: { mediaId: String(mediaId) } })).status).toBe(200);
});
