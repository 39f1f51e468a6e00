import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createFolderStore } from '#platform/files.ts';
import { createS3Store } from '#platform/s3-store.ts';
import { type Person, startApp } from '../helpers/app.ts';
import { listOf, openDirect, say } from '../helpers/chats.ts';
import { makePicture } from '../helpers/pictures.ts';
import { startS3 } from '../helpers/s3.ts';
import { openLink, putBytes, startUpload, upload, uploadPicture, voiceNotes } from '../helpers/uploads.ts';

const s3 = await startS3();
afterAll(() => s3.stop());
const dataDir = mkdtempSync(join(tmpdir(), 'soyamate-media-'));
const DAY = 86_401;

describe.each([
  ['a folder', {}, createFolderStore(join(dataDir, 'media'))],
  ['S3', { s3Url: s3.url }, createS3Store(s3.url, 'media')],
])('with %s as the store', async (_name, config, store) => {
  const { app, signUp, clock, db, url, settle } = await startApp({ dataDir, ...config });
  const lies = async (mediaId: unknown) =>
    (await store.listFolders(String(mediaId).slice(-2))).includes(String(mediaId));
  const isKnown = async (mediaId: unknown) =>
    (await db.read.selectFrom('media').select('media_id').where('media_id', '=', String(mediaId)).execute()).length > 0;

  test('what is sent stays; an unused upload and a ticket go after a day, with their files', async () => {
    const alice = await signUp('alice');
    const chatId = await openDirect(alice, await signUp('bob'));
    const sent = await upload(alice, 'voice', voiceNotes['audio/ogg'] ?? Buffer.alloc(0));
    await say(alice, chatId, '', { attachments: [{ mediaId: String(sent.mediaId) }] });
    const unused = await uploadPicture(alice);
    const ticket = await startUpload(alice, 'picture', 500);
    expect([await lies(sent.mediaId), await lies(unused.mediaId)]).toEqual([true, true]);
    await app.media.collectOrphans();
    expect([await isKnown(unused.mediaId), await isKnown(ticket.mediaId)]).toEqual([true, true]);
    clock.advance(DAY);
    await app.media.collectOrphans();
    for (const { mediaId } of [unused, ticket])
      expect([await lies(mediaId), await isKnown(mediaId)]).toEqual([false, false]);
    const again = await alice.signInAgain();
    const { body } = await again.call('getMedia', { params: { mediaId: String(sent.mediaId) } });
    expect((await openLink(url, body.url)).bytes).toEqual(voiceNotes['audio/ogg']);
  });

  test('what a crash has left of an upload that was arriving goes a day later', async () => {
    const inbox = join(dataDir, 'uploads');
    mkdirSync(inbox, { recursive: true });
    const [old, young] = [join(inbox, 'old'), join(inbox, 'young')];
    writeFileSync(old, 'half');
    writeFileSync(young, 'half');
    const before = Date.now() / 1_000 - DAY;
    utimesSync(old, before, before);
    await app.media.collectOrphans();
    expect([existsSync(old), existsSync(young)]).toEqual([false, true]);
  });

  test('a file that nobody can keep any more is not sent, and cannot come back', async () => {
    const erin = await signUp('erin');
    const chatId = await openDirect(erin, await signUp('frank'));
    const { mediaId } = await uploadPicture(erin);
    clock.advance(DAY);
    const later = await erin.signInAgain();
    const attachments = [{ mediaId: String(mediaId) }];
    const [answer] = await Promise.all([
      later.call('sendMessage', { params: { chatId }, body: { clientId: randomUUID(), attachments } }),
      app.media.collectOrphans(),
    ]);
    // Whichever came first: a message with a file that is there, or neither.
    expect(await lies(mediaId)).toBe(answer.status === 201);
    expect(await isKnown(mediaId)).toBe(answer.status === 201);
    if (answer.status !== 201) expect(answer.body.code).toBe('media_not_found');
  });

  test('who is erased leaves no file behind: neither avatar nor what was sent, wherever it went', async () => {
    const [carol, dave] = [await signUp('carol'), await signUp('dave')];
    const chatId = await openDirect(carol, dave);
    const picture = await uploadPicture(carol);
    const { seq } = await say(carol, chatId, 'я', { attachments: [{ mediaId: String(picture.mediaId) }] });
    await say(dave, chatId, '', { forward: { chatId, seqs: [Number(seq)] } });
    const avatar = await putBytes(carol, '/v1/me/avatar', await makePicture(300, 300));
    const ticket = await startUpload(carol, 'picture', 500);
    const kept = await uploadPicture(dave);
    expect([await lies(picture.mediaId), await lies(avatar.body.mediaId)]).toEqual([true, true]);
    await erase(carol);
    await app.media.collectOrphans();
    for (const mediaId of [picture.mediaId, avatar.body.mediaId, ticket.mediaId]) {
      expect([await lies(mediaId), await isKnown(mediaId)]).toEqual([false, false]);
    }
    const later = await dave.signInAgain();
    expect((await later.call('getMedia', { params: { mediaId: String(picture.mediaId) } })).status).toBe(404);
    const history = await later.call('listMessages', { params: { chatId } });
    expect(listOf(history.body.items).map(({ text }) => text)).toEqual(['я', '']);
    expect(await isKnown(kept.mediaId)).toBe(true);
    const forward = { clientId: randomUUID(), forward: { chatId, seqs: [Number(seq)] } };
    const again = await later.call('sendMessage', { params: { chatId }, body: forward });
    expect(listOf(again.body.forwards)).toMatchObject([{ text: 'я' }]);
    expect(listOf(again.body.forwards)[0]?.attachments).toBeUndefined();
  });

  test('files that no row names are swept, a day after their making; what is not ours stays', async () => {
    const grace = await signUp('grace');
    const { mediaId } = await uploadPicture(grace);
    await grace.call('deleteAvatar');
    await db.statement.deleteFrom('media').where('media_id', '=', String(mediaId)).execute();
    await store.write('00/somebody-else/content', Buffer.alloc(5));
    const avatar = await putBytes(grace, '/v1/me/avatar', await makePicture(300, 300));
    await app.media.sweepStore();
    expect(await lies(mediaId)).toBe(true);
    clock.advance(DAY);
    await app.media.sweepStore();
    expect([await lies(mediaId), await lies(avatar.body.mediaId)]).toEqual([false, true]);
    expect(await store.listFolders('00')).toContain('somebody-else');
  });

  async function erase(person: Person): Promise<void> {
    const { status } = await person.call('requestDeletion', { body: { password: person.password } });
    expect(status).toBe(202);
    await settle();
  }
});
