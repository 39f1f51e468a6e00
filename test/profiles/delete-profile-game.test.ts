import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { findAnnounced } from '../helpers/events.ts';

const { nobody, signUp, db } = await startApp();
const params = { gameId: 'dota-2' };

test('takes the game off and tells the search; one that is not there is fine and told to nobody', async () => {
  const alice = await signUp('alice');
  await alice.call('putProfileGame', { params, body: { level: 'main', platform: 'windows' } });
  const before = await findAnnounced(db, 'profiles.profile_changed');
  expect((await alice.call('deleteProfileGame', { params })).status).toBe(204);
  expect((await alice.call('deleteProfileGame', { params })).status).toBe(204);
  expect((await alice.call('getMyProfile')).body.games).toEqual([]);
  const after = await findAnnounced(db, 'profiles.profile_changed');
  expect(after.slice(before.length)).toEqual([{ accountId: alice.userId }]);
});

test('leaves the games of others', async () => {
  const [bob, carol] = [await signUp('bob'), await signUp('carol')];
  await bob.call('putProfileGame', { params, body: { level: 'main', platform: 'windows' } });
  await carol.call('deleteProfileGame', { params });
  expect((await bob.call('getMyProfile')).body.games).toHaveLength(1);
});

test('refuses a bad shape and strangers', async () => {
  const dave = await signUp('dave');
  expect((await dave.call('deleteProfileGame', { params: { gameId: 'Dota 2' } })).status).toBe(400);
  expect((await nobody.call('deleteProfileGame', { params })).status).toBe(401);
});
