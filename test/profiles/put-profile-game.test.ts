import { expect, test } from 'vitest';
import type { Person } from '../helpers/app.ts';
import { startApp } from '../helpers/app.ts';
import { findAnnounced } from '../helpers/events.ts';

const { nobody, signUp, db, app } = await startApp();
const alice = await signUp('alice');

const put = (person: Person, gameId: string, body: object = { level: 'often', platform: 'windows' }) =>
  person.call('putProfileGame', { params: { gameId }, body });
const gamesOf = async (person: Person) =>
  ((await person.call('getMyProfile')).body.games as unknown as { gameId: string }[]).map(({ gameId }) => gameId);

test('a game comes with its rank and roles in words, and the search is told', async () => {
  const { status, body } = await put(alice, 'dota-2', {
    level: 'main',
    rank: 'archon',
    roles: ['mid', 'carry', 'mid'],
    hoursPlayed: 1_500,
    inGameName: ' alice ',
    platform: 'windows',
  });
  expect(status).toBe(200);
  expect(body).toMatchObject({
    gameId: 'dota-2',
    level: 'main',
    rank: { slug: 'archon', name: { en: 'Archon' } },
    hoursPlayed: 1_500,
    inGameName: 'alice',
    platform: 'windows',
  });
  expect(body.roles).toHaveLength(2);
  expect((await alice.call('getMyProfile')).body.games).toEqual([body]);
  expect(await findAnnounced(db, 'profiles.profile_changed')).toContainEqual({ accountId: alice.userId });
});

test('the order is kept when a game is changed, and a new one comes last', async () => {
  const bob = await signUp('bob');
  for (const gameId of ['dota-2', 'minecraft', 'rust']) await put(bob, gameId);
  await put(bob, 'dota-2', { level: 'main', platform: 'mac' });
  expect(await gamesOf(bob)).toEqual(['dota-2', 'minecraft', 'rust']);
  await bob.call('deleteProfileGame', { params: { gameId: 'dota-2' } });
  await put(bob, 'dota-2');
  expect(await gamesOf(bob)).toEqual(['minecraft', 'rust', 'dota-2']);
});

test('replacing a game forgets what the new word does not say', async () => {
  const carol = await signUp('carol');
  await put(carol, 'dota-2', { level: 'main', rank: 'archon', hoursPlayed: 5, platform: 'windows' });
  const { body } = await put(carol, 'dota-2');
  expect(body).toEqual({ gameId: 'dota-2', name: body.name, level: 'often', roles: [], platform: 'windows' });
});

test('a change of games changes the version of the profile', async () => {
  const dave = await signUp('dave');
  const etag = String((await dave.call('getMyProfile')).headers.get('etag'));
  await put(dave, 'dota-2');
  const stale = await dave.call('updateMyProfile', { body: { bio: 'x' }, headers: { 'if-match': etag } });
  expect(stale).toMatchObject({ status: 412, body: { code: 'profile_changed' } });
});

test('a profile holds a hundred games, and then takes no more, even of many at once', async () => {
  const erin = await signUp('erin');
  const gameIds = app.games.listGames().map(({ gameId }) => gameId);
  const games = gameIds.slice(0, 98).map((gameId) => ({ gameId, level: 'often', platform: 'windows' }) as const);
  await db.transaction((tx) =>
    app.profiles.importProfiles(tx, [{ accountId: erin.userId, createdAt: new Date(), games }]),
  );
  const answers = await Promise.all(gameIds.slice(98, 103).map((gameId) => put(erin, gameId)));
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 200, 409, 409, 409]);
  expect(await gamesOf(erin)).toHaveLength(100);
});

test.each([
  [{ level: 'main', platform: 'windows', rank: 'wood' }, '/body/rank'],
  [{ level: 'main', platform: 'windows', roles: ['goalkeeper'] }, '/body/roles/0'],
  [{ level: 'always', platform: 'windows' }, '/body/level'],
  [{ level: 'main' }, '/body/platform'],
  [{ level: 'main', platform: 'windows', hoursPlayed: -1 }, '/body/hoursPlayed'],
  [{ level: 'main', platform: 'windows', inGameName: '\u200b' }, '/body/inGameName'],
  [{ level: 'main', platform: 'windows', place: 1 }, '/body/place'],
])('refuses %j', async (body, path) => {
  expect(await put(alice, 'dota-2', body)).toMatchObject({ status: 400, body: { errors: [{ path }] } });
});

test('refuses a game that is not in the catalogue, and strangers', async () => {
  expect(await put(alice, 'half-life-3')).toMatchObject({ status: 404, body: { code: 'game_not_found' } });
  const params = { gameId: 'dota-2' };
  expect((await nobody.call('putProfileGame', { params, body: { level: 'main', platform: 'ios' } })).status).toBe(401);
});
