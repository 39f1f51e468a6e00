import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { createGroup, listOf } from '../helpers/chats.ts';
import { uploadPicture } from '../helpers/uploads.ts';

const { clock, nobody, signUp } = await startApp();
const alice = await signUp('alice');
const bob = await signUp('bob');
const carol = await signUp('carol');
const chatId = await createGroup(alice, [bob], 'Тайный клан');
const { body: invite } = await alice.call('createInvite', { params: { chatId }, body: { expiresInSeconds: 60 } });
const params = { code: String(invite.code) };

test('a link tells what it leads to, and no more', async () => {
  const { body } = await carol.call('previewInvite', { params });
  expect(body).toEqual({ title: 'Тайный клан', memberCount: 2, needsApproval: false, isMember: false });
  expect((await bob.call('previewInvite', { params })).body.isMember).toBe(true);
});

test('the photo comes with links, for whoever is no member may not ask for it', async () => {
  const { mediaId } = await uploadPicture(alice);
  await alice.call('updateChat', { params: { chatId }, body: { photoId: String(mediaId) } });
  const { body } = await carol.call('previewInvite', { params });
  expect(body).toMatchObject({ photoId: mediaId, photo: { mediaId } });
  const sizes = listOf(body.photo?.sizes);
  expect(sizes.length).toBeGreaterThan(0);
  for (const { url } of sizes) expect((await carol.raw(String(url))).status).toBe(200);
  expect(await carol.call('getMedia', { params: { mediaId: String(mediaId) } })).toMatchObject({ status: 404 });
  await alice.call('updateChat', { params: { chatId }, body: { clear: ['photoId'] } });
});

test('to the banned, after its end and when unknown it is the same nothing', async () => {
  await alice.call('removeMember', { params: { chatId, userId: bob.userId }, query: { ban: true } });
  const banned = await bob.call('previewInvite', { params });
  const unknown = await bob.call('previewInvite', { params: { code: 'A'.repeat(22) } });
  clock.advance(61);
  const ended = await carol.call('previewInvite', { params });
  for (const { status, body } of [banned, ended]) {
    expect({ status, body: { ...body, instance: '' } }).toEqual({
      status: 404,
      body: { ...unknown.body, instance: '' },
    });
  }
});

test('refuses a bad shape and who has not signed in', async () => {
  expect(await carol.call('previewInvite', { params: { code: 'short' } })).toMatchObject({ status: 400 });
  expect(await nobody.call('previewInvite', { params })).toMatchObject({ status: 401 });
});
