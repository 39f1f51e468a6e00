import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { expect, test, vi } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { addGame, gamesOf } from '../helpers/catalogue.ts';
import { listOf } from '../helpers/chats.ts';
import { hire } from '../helpers/staff.ts';

const server = await startApp();
const { signUp, settle, db, app } = server;
const mod = await hire(server, 'mod', 'moderator');
const alice = await signUp('alice');
const bob = await signUp('bob');

const ladder = [
  { slug: 'archon', name: { en: 'Archon' } },
  { slug: 'wood', name: { en: 'Wood' } },
];
const roles = [{ slug: 'mid', name: { en: 'Mid' } }];
const put = async (person: typeof alice, gameId: string, body: object) => {
  const answer = await person.call('putProfileGame', { params: { gameId }, body: { platform: 'windows', ...body } });
  expect(answer.status).toBe(200);
};
const merge = async (gameId: string, intoGameId: string) => {
  const answer = await mod.call('mergeGame', { params: { gameId }, body: { intoGameId } });
  await settle();
  return answer;
};

test('profiles, requests and saved searches follow, and the old id leads to the game that stays', async () => {
  await addGame(mod, 'dota-two', { ladder, roles });
  await settle();
  await put(alice, 'dota-two', { level: 'main', rank: 'wood', roles: ['mid'], hoursPlayed: 50, inGameName: 'ally' });
  await put(alice, 'rust', { level: 'often' });
  await put(alice, 'dota-2', { level: 'sometimes', rank: 'archon', hoursPlayed: 20, platform: 'mac' });
  await put(bob, 'dota-two', { level: 'often', rank: 'archon', roles: ['mid'] });
  const filters = { game: ['dota-two'], minRank: 'archon', maxRank: 'wood' };
  await bob.call('createSavedSearch', { body: { name: 'mates', filters } });
  const headers = { 'idempotency-key': randomUUID() };
  await bob.call('createTeammateRequest', { body: { userId: alice.userId, gameId: 'dota-two' }, headers });
  const etag = String((await bob.call('getMyProfile')).headers.get('etag'));

  const { status, body } = await merge('dota-two', 'dota-2');
  expect([status, body.gameId]).toEqual([200, 'dota-2']);
  expect((await alice.call('getMyProfile')).body.games).toMatchObject([
    { gameId: 'dota-2', level: 'main', rank: { slug: 'archon' }, hoursPlayed: 50, inGameName: 'ally', platform: 'mac' },
    { gameId: 'rust' },
  ]);
  const moved = await bob.call('getMyProfile');
  expect(moved.body.games).toMatchObject([{ gameId: 'dota-2', rank: { slug: 'archon' }, roles: [{ slug: 'mid' }] }]);
  expect(moved.headers.get('etag')).not.toBe(etag);
  const saved = listOf((await bob.call('listSavedSearches')).body.items);
  expect(saved.map((one) => one.filters)).toEqual([{ game: ['dota-2'], minRank: 'archon' }]);
  const requests = listOf((await alice.call('listTeammateRequests', { query: { direction: 'incoming' } })).body.items);
  expect(requests).toMatchObject([{ request: { gameId: 'dota-2' } }]);
  const old = await alice.call('getGame', { params: { gameId: 'dota-two' } });
  expect([old.status, old.body.gameId]).toEqual([200, 'dota-2']);

  const found = await alice.call('listTeammates', { query: { game: ['dota-two'] } });
  expect(listOf(found.body.items)).toMatchObject([{ user: { userId: bob.userId } }]);
});

test('the old id goes on working where it is written, and is never given again', async () => {
  await addGame(mod, 'rust-two');
  await merge('rust-two', 'rust');
  const carol = await signUp('carol');
  await put(carol, 'rust-two', { level: 'main' });
  expect(await gamesOf(carol)).toEqual(['rust']);
  await carol.call('deleteProfileGame', { params: { gameId: 'rust-two' } });
  expect(await gamesOf(carol)).toEqual([]);
  await expect(addGame(mod, 'rust-two')).rejects.toThrow('slug_taken');
  expect((await merge('rust-two', 'dota-2')).status).toBe(404);
});

test('a merged game may be merged on, and no new version of the program brings it back', async () => {
  await addGame(mod, 'first');
  await merge('first', 'terraria');
  await merge('terraria', 'minecraft');
  await db.statement.updateTable('catalogue_loads').set({ files_hash: 'of another version' }).execute();
  await app.loadCatalogue();
  await settle();
  for (const gameId of ['first', 'terraria']) {
    expect((await alice.call('getGame', { params: { gameId } })).body.gameId).toBe('minecraft');
  }
});

test('the game that stays is found by the names of those that went, also after a new version of the program', async () => {
  const find = async (query: string) =>
    listOf((await alice.call('listGames', { query: { query } })).body.items).map(({ gameId }) => gameId);
  const aliases = ['quaxel', 'sea of thieves'];
  await addGame(mod, 'quux-arena', { name: { en: 'Quux Arena', ru: 'Кваксарена' }, aliases });
  await addGame(mod, 'quux-reborn', { name: { en: 'Quux Reborn' } });
  await merge('quux-arena', 'quux-reborn');
  const { body } = await merge('quux-reborn', 'sea-of-thieves');
  expect(body.aliases).toEqual(expect.arrayContaining(['Quux Reborn', 'Quux Arena', 'Кваксарена', 'quaxel']));

  await db.statement.updateTable('catalogue_loads').set({ files_hash: 'of an older version' }).execute();
  await db.statement.updateTable('games').set({ popularity: 1 }).where('game_id', '=', 'sea-of-thieves').execute();
  await app.loadCatalogue();
  await settle();
  const refreshed = (await alice.call('getGame', { params: { gameId: 'sea-of-thieves' } })).body;
  expect(refreshed.popularity).toBeGreaterThan(1);
  expect(refreshed.aliases).toEqual(body.aliases);
  for (const query of ['quux reb', 'Quux Arena', 'кваксарена', 'quaxel'])
    expect(await find(query)).toEqual([refreshed.gameId]);

  await mod.call('updateGame', { params: { gameId: 'sea-of-thieves' }, body: { aliases: ['sot', 'Quux Arena'] } });
  await settle();
  expect([await find('quux arena'), await find('quaxel')]).toEqual([['sea-of-thieves'], []]);
});

test('more players than one batch all follow', async () => {
  await addGame(mod, 'crowded');
  await settle();
  const people = await db.transaction(async (tx) => {
    const accountIds = Array.from({ length: 450 }, () => randomUUID());
    await app.accounts.importAccounts(
      tx,
      accountIds.map((accountId, i) => ({
        accountId,
        username: `crowd${i}`,
        ageBand: '18_plus',
        locale: 'en',
        createdAt: new Date(),
        lastActiveAt: new Date(),
      })),
    );
    const games = [{ gameId: 'crowded', level: 'main', platform: 'windows' } as const];
    await app.profiles.importProfiles(
      tx,
      accountIds.map((accountId) => ({ accountId, createdAt: new Date(), games })),
    );
    return accountIds;
  });
  await merge('crowded', 'minecraft');
  const rows = await db.read.selectFrom('profile_games').select('game_id').where('account_id', 'in', people).execute();
  expect(rows.map(({ game_id }) => game_id)).toEqual(people.map(() => 'minecraft'));
});

test('refuses itself, what is not there, and players', async () => {
  expect(await merge('rust', 'rust')).toMatchObject({ status: 409, body: { code: 'same_game' } });
  expect(await merge('rust', 'nowhere')).toMatchObject({
    status: 400,
    body: { errors: [{ path: '/body/intoGameId' }] },
  });
  expect(await merge('nowhere', 'rust')).toMatchObject({ status: 404, body: { code: 'game_not_found' } });
  const params = { gameId: 'rust' };
  expect((await alice.call('mergeGame', { params, body: { intoGameId: 'dota-2' } })).status).toBe(403);
});

test('a game that somebody is putting on a profile is merged after them; what comes later gets the game that stays', async () => {
  await addGame(mod, 'rust-copy', {});
  await settle();
  const people = await Promise.all(Array.from({ length: 12 }, (_, i) => signUp(`racer${i}`)));
  const held = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  const holding = db.transaction(async (tx) => {
    expect((await app.games.holdGame(tx, 'rust-copy'))?.gameId).toBe('rust-copy');
    held.resolve();
    await release.promise;
  });
  await held.promise;
  const merging = mod.call('mergeGame', { params: { gameId: 'rust-copy' }, body: { intoGameId: 'rust' } });
  await vi.waitFor(async () => {
    const { rows } = await sql`select from pg_locks where not granted`.execute(db.read);
    expect(rows).not.toEqual([]);
  });
  release.resolve();
  await holding;
  await Promise.all([merging, ...people.map((person) => put(person, 'rust-copy', { level: 'often' }))]);
  expect((await merging).status).toBe(200);
  expect((await db.transaction((tx) => app.games.holdGame(tx, 'rust-copy')))?.gameId).toBe('rust');
  await settle();
  const rows = await db.read.selectFrom('profile_games').select('game_id').where('game_id', 'like', 'rust%').execute();
  expect(rows.every(({ game_id }) => game_id === 'rust')).toBe(true);
  expect(rows.length).toBeGreaterThanOrEqual(12);
});
