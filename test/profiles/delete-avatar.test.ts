import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { findAnnounced } from '../helpers/events.ts';
import { makePicture } from '../helpers/pictures.ts';

const { nobody, signUp, db } = await startApp();
const alice = await signUp('alice');

test('takes the avatar off the card and tells it; none is fine too', async () => {
  const body = Uint8Array.from(await makePicture(100, 100));
  await alice.raw('/v1/me/avatar', { method: 'PUT', body, headers: { 'content-type': 'image/jpeg' } });
  const before = await findAnnounced(db, 'profiles.profile_changed');
  expect((await alice.call('deleteAvatar')).status).toBe(204);
  expect((await alice.call('deleteAvatar')).status).toBe(204);
  expect((await alice.call('getMyProfile')).body).not.toHaveProperty('avatar');
  expect((await findAnnounced(db, 'profiles.profile_changed')).slice(before.length)).toEqual([
    { accountId: alice.userId },
  ]);
  expect((await nobody.call('deleteAvatar')).status).toBe(401);
});
