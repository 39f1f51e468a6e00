import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { listOf, openDirect, say } from '../helpers/chats.ts';
import { upload, uploadPicture } from '../helpers/uploads.ts';

const { nobody, signUp } = await startApp();
const alice = await signUp('alice');
const bob = await signUp('bob');

test('those of the files that the caller may see, in one call', async () => {
  const chatId = await openDirect(alice, bob);
  const picture = await uploadPicture(alice);
  const file = await upload(alice, 'file', Buffer.from('два миллиона MMR'), { name: 'план.txt' });
  const hidden = await uploadPicture(alice);
  const attachments = [picture, file].map(({ mediaId }) => ({ mediaId: String(mediaId) }));
  await say(alice, chatId, '', { attachments });
  const mediaId = [picture, file, hidden].map((one) => String(one.mediaId));
  const seen = async (person: typeof bob) => {
    const { body } = await person.call('listMedia', { query: { mediaId: [...mediaId, randomUUID()] } });
    return listOf(body.items);
  };
  expect(new Set((await seen(bob)).map((one) => one.mediaId))).toEqual(new Set(mediaId.slice(0, 2)));
  expect(await seen(bob)).toHaveLength(2);
  expect(await seen(alice)).toHaveLength(3);
  const shown = (await seen(bob)).find(({ kind }) => String(kind) === 'file');
  expect(shown).toMatchObject({ name: 'план.txt', contentType: 'application/octet-stream', sizeBytes: 27 });
});

test('refuses none, too many and strangers', async () => {
  expect((await alice.raw('/v1/media')).status).toBe(400);
  const mediaId = Array.from({ length: 51 }, () => randomUUID());
  expect((await alice.call('listMedia', { query: { mediaId } })).status).toBe(400);
  expect((await nobody.call('listMedia', { query: { mediaId: [randomUUID()] } })).status).toBe(401);
});
