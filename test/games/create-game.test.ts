import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { addGame } from '../helpers/catalogue.ts';
import { hire } from '../helpers/staff.ts';

const server = await startApp();
const { signUp, settle, db } = server;
const mod = await hire(server, 'mod', 'moderator');
const alice = await signUp('alice');

const courier = {
  gameId: 'star-courier',
  name: { en: ' Star  Courier ', ru: 'Звёздный курьер' },
  aliases: ['кура', 'кура'],
  year: 2026,
  genres: ['shooter'],
  platforms: ['windows'],
  modes: ['co_op'],
  maxPartySize: 4,
  popularity: 10,
  ladder: [
    { slug: 'bronze', name: { en: 'Bronze', ru: 'Бронза' } },
    { slug: 'gold', name: { en: 'Gold' } },
  ],
  roles: [{ slug: 'pilot', name: { en: 'Pilot' } }],
  steamAppId: 1,
};

test('a new game is found by its names, stands on profiles, and changes the tag of the list', async () => {
  const query = { query: 'звёздный курьер' };
  const before = (await alice.call('listGames', { query })).headers.get('etag');
  const { status, body } = await mod.call('createGame', { body: courier });
  expect(status).toBe(201);
  expect(body).toEqual({ ...courier, name: { en: 'Star Courier', ru: 'Звёздный курьер' }, aliases: ['кура'] });
  await settle();
  const list = await alice.call('listGames', { query });
  expect(list.body.items).toEqual([body]);
  expect(list.headers.get('etag')).not.toBe(before);
  const game = { level: 'main', rank: 'gold', roles: ['pilot'], platform: 'windows' };
  const put = await alice.call('putProfileGame', { params: { gameId: 'star-courier' }, body: game });
  expect(put.body).toMatchObject({ rank: { name: { en: 'Gold' } } });
});

test('other nodes have it, too', async () => {
  const other = await startApp({}, { beside: server });
  await addGame(mod, 'on-two-nodes');
  await other.settle();
  const { status } = await other.visit(alice).call('getGame', { params: { gameId: 'on-two-nodes' } });
  expect(status).toBe(200);
});

test('what is left out is empty', async () => {
  await addGame(mod, 'bare');
  const row = await db.read.selectFrom('games').selectAll().where('game_id', '=', 'bare').executeTakeFirst();
  expect(row).toMatchObject({ aliases: [], modes: [], ladder: [], roles: [], popularity: 0, max_party_size: null });
});

test.each([
  [{ name: { en: '\u200b' } }, '/body/name/en'],
  [{ aliases: ['ok', ' '] }, '/body/aliases/1'],
  [{ genres: ['shooter', 'jazz'] }, '/body/genres/1'],
  [{ ladder: [courier.ladder[0], courier.ladder[0]] }, '/body/ladder/1/slug'],
  [{ popularity: 1_000_001 }, '/body/popularity'],
  [{ gameId: 'Star Courier' }, '/body/gameId'],
])('refuses %j', async (change, path) => {
  const answer = await mod.call('createGame', { body: { ...courier, gameId: 'other', ...change } });
  expect(answer).toMatchObject({ status: 400, body: { errors: [{ path }] } });
});

test('an id that is taken is refused, and so is the word that is an address', async () => {
  for (const gameId of ['dota-2', 'order']) {
    const answer = await mod.call('createGame', { body: { ...courier, gameId } });
    expect(answer).toMatchObject({ status: 409, body: { code: 'slug_taken' } });
  }
});

test('only the staff may', async () => {
  expect((await alice.call('createGame', { body: courier })).status).toBe(403);
});
