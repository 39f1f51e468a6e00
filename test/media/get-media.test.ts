import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { type Person, startApp } from '../helpers/app.ts';
import { createGroup, listOf, openDirect, say } from '../helpers/chats.ts';
import { openLink, upload, uploadPicture, voiceNotes } from '../helpers/uploads.ts';

const { nobody, signUp, url, clock, app, db } = await startApp();
const alice = await signUp('alice');
const bob = await signUp('bob');
const carol = await signUp('carol');
const stranger = await signUp('stranger');

const get = (person: Pick<Person, 'call'>, mediaId: unknown) =>
  person.call('getMedia', { params: { mediaId: String(mediaId) } });
const statusesOf = (mediaId: unknown, ...people: Person[]) =>
  Promise.all(people.map(async (person) => (await get(person, mediaId)).status));
const attach = (...files: { mediaId?: unknown }[]) => ({
  attachments: files.map(({ mediaId }) => ({ mediaId: String(mediaId) })),
});

test('an unused upload is its owner’s alone; a foreign one and one that is not look the same', async () => {
  const { mediaId } = await uploadPicture(alice);
  expect(await statusesOf(mediaId, alice, bob)).toEqual([200, 404]);
  const foreign = await get(bob, mediaId);
  const none = await get(bob, randomUUID());
  expect({ ...foreign.body, instance: '' }).toEqual({ ...none.body, instance: '' });
  expect(await get(nobody, mediaId)).toMatchObject({ status: 401 });
});

test('whoever may read the message now gets links that end within ten minutes', async () => {
  const chatId = await createGroup(alice, [bob, carol]);
  const voice = await upload(alice, 'voice', voiceNotes['audio/mp4'] ?? Buffer.alloc(0));
  const { seq } = await say(alice, chatId, '', attach(voice));
  expect(await statusesOf(voice.mediaId, alice, bob, carol, stranger)).toEqual([200, 200, 200, 404]);
  const { body } = await get(bob, voice.mediaId);
  const leftMs = Date.parse(String(body.linksEndAt)) - clock.now().getTime();
  expect(leftMs > 300_000 && leftMs <= 600_000).toBe(true);
  expect((await openLink(url, body.url)).status).toBe(200);

  await alice.call('removeMember', { params: { chatId, userId: bob.userId } });
  await carol.call('deleteMessage', { params: { chatId, seq: Number(seq) } });
  expect(await statusesOf(voice.mediaId, alice, bob, carol)).toEqual([200, 404, 404]);
  clock.advance(leftMs / 1_000);
  expect((await openLink(url, body.url)).status).toBe(404);
});

test('a forward keeps the file when the first message goes; after the last it is collected', async () => {
  const [dave, erin, frank] = [await signUp('dave'), await signUp('erin'), await signUp('frank')];
  const chatId = await openDirect(dave, erin);
  const other = await openDirect(erin, frank);
  const picture = await uploadPicture(dave);
  const { seq } = await say(dave, chatId, '', attach(picture));
  const forwarded = await say(erin, other, '', { forward: { chatId, seqs: [Number(seq)] } });
  expect(listOf(forwarded.forwards)[0]).toMatchObject({ authorId: dave.userId, text: '' });
  expect(await statusesOf(picture.mediaId, dave, erin, frank)).toEqual([200, 200, 200]);
  await dave.call('deleteMessage', { params: { chatId, seq: Number(seq) }, query: { for: 'everyone' } });
  expect(await statusesOf(picture.mediaId, dave, erin, frank)).toEqual([404, 200, 200]);
  clock.advance(86_401);
  await app.media.collectOrphans();
  expect((await app.media.findUploads(db.read, [String(picture.mediaId)])).length).toBe(1);

  const later = await erin.signInAgain();
  const place = { chatId: other, seq: Number(forwarded.seq) };
  await later.call('deleteMessage', { params: place, query: { for: 'everyone' } });
  await app.media.collectOrphans();
  expect((await app.media.findUploads(db.read, [String(picture.mediaId)])).length).toBe(1);
  clock.advance(86_401);
  await app.media.collectOrphans();
  expect(await app.media.findUploads(db.read, [String(picture.mediaId)])).toEqual([]);
});

test('A2: no neighbour of a known id and no other part of a known link opens', async () => {
  const grace = await signUp('grace');
  const picture = await uploadPicture(grace);
  const known = BigInt(`0x${String(picture.mediaId).replaceAll('-', '')}`);
  for (let i = 1n; i <= 500n; i += 1n) {
    const hex = (known + (i % 2n === 0n ? i : -i)).toString(16).padStart(32, '0');
    const id = hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5');
    expect((await get(grace, id)).status).toBe(404);
  }
  const [size] = listOf(picture.sizes);
  const link = String(size?.url);
  expect((await openLink(url, link)).status).toBe(200);
  for (const changed of [
    link.replace('/0?', '/1?'),
    link.replace('/0?', '/content?'),
    link.replace(/=\d+/, '=9999999999'),
  ]) {
    expect((await openLink(url, changed)).status).toBe(404);
  }
});
