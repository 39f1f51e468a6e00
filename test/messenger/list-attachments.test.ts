import { expect, test } from 'vitest';
import { type Person, startApp } from '../helpers/app.ts';
import { createGroup, expectNoChat, listOf, openDirect, say } from '../helpers/chats.ts';
import { upload, uploadPicture, voiceNotes } from '../helpers/uploads.ts';

const { nobody, signUp } = await startApp();
const alice = await signUp('alice');
const bob = await signUp('bob');
const carol = await signUp('carol');
const chatId = await createGroup(alice, [bob]);
const picture = await uploadPicture(alice);
const second = await uploadPicture(alice);
const voice = await upload(bob, 'voice', voiceNotes['audio/ogg'] ?? Buffer.alloc(0));
const attach = (...files: { mediaId?: unknown }[]) => ({
  attachments: files.map(({ mediaId }) => ({ mediaId: String(mediaId) })),
});
await say(alice, chatId, 'раз', attach(picture, second));
await say(bob, chatId, 'без файлов');
const spoken = await say(bob, chatId, '', attach(voice));

const list = async (person: Person, query = {}) => {
  const { status, body } = await person.call('listAttachments', { params: { chatId }, query });
  expect(status).toBe(200);
  return body;
};
const idsOf = (body: Awaited<ReturnType<typeof list>>) =>
  listOf(body.items).map(({ attachment }) => attachment?.mediaId);

test('all files of a chat, the latest message first, with who sent them', async () => {
  const body = await list(alice);
  expect(listOf(body.items)[0]).toEqual({
    seq: spoken.seq,
    authorId: bob.userId,
    createdAt: spoken.createdAt,
    attachment: listOf(spoken.attachments)[0],
  });
  expect(new Set(idsOf(body))).toEqual(new Set([voice.mediaId, picture.mediaId, second.mediaId]));
  expect(idsOf(await list(alice, { kind: 'voice' }))).toEqual([voice.mediaId]);
});

test('page by page nothing is lost, even within one message', async () => {
  const ids: unknown[] = [];
  for (let cursor: unknown, pages = 0; pages === 0 || cursor; pages += 1) {
    const body = await list(bob, { kind: 'picture', limit: 1, ...(cursor ? { cursor: String(cursor) } : {}) });
    ids.push(...idsOf(body));
    cursor = body.nextCursor;
  }
  expect(ids).toHaveLength(2);
  expect(new Set(ids)).toEqual(new Set([picture.mediaId, second.mediaId]));
});

test('what is hidden, cleared, deleted or before one’s time is not there', async () => {
  await bob.call('deleteMessage', { params: { chatId, seq: Number(spoken.seq) } });
  expect(idsOf(await list(bob))).not.toContain(voice.mediaId);
  expect(idsOf(await list(alice))).toContain(voice.mediaId);
  await bob.call('clearHistory', { params: { chatId }, body: { seq: Number(spoken.seq) } });
  expect(idsOf(await list(bob))).toEqual([]);
  await alice.call('updateChat', { params: { chatId }, body: { newcomerHistory: 0 } });
  const dave = await signUp('dave');
  await openDirect(alice, dave);
  await alice.call('addMembers', { params: { chatId }, body: { userIds: [dave.userId] } });
  expect(idsOf(await list(dave))).toEqual([]);
  await bob.call('deleteMessage', { params: { chatId, seq: Number(spoken.seq) }, query: { for: 'everyone' } });
  expect(idsOf(await list(alice, { kind: 'voice' })).length).toBe(1);
  const { seq } = await say(alice, chatId, '', attach(await uploadPicture(alice)));
  expect(idsOf(await list(dave))).toHaveLength(1);
  await alice.call('deleteMessage', { params: { chatId, seq: Number(seq) }, query: { for: 'everyone' } });
  expect(idsOf(await list(dave))).toEqual([]);
});

test('not for strangers', async () => {
  await expectNoChat(carol, 'listAttachments', { params: { chatId } });
  expect(await nobody.call('listAttachments', { params: { chatId } })).toMatchObject({ status: 401 });
});
