import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { hire } from '../helpers/staff.ts';

const server = await startApp();
const mod = await hire(server, 'mod', 'moderator');
const alice = await server.signUp('alice');

const suggest = async (name: string) => {
  const { body } = await alice.call('suggestGame', { body: { name } });
  return { suggestionId: String(body.suggestion?.suggestionId) };
};
const accept = (params: { suggestionId: string }, body: object) => mod.call('acceptGameSuggestion', { params, body });
const latest = async () => (await alice.call('listMyGameSuggestions', { query: { limit: 1 } })).body.items;

const courier = {
  gameId: 'star-courier',
  name: { en: 'Star Courier' },
  genres: ['shooter'],
  platforms: ['windows'],
};

test('it becomes a game, its suggester sees which, and it cannot be decided twice', async () => {
  const params = await suggest('Star Courier');
  const { status, body } = await accept(params, { game: courier });
  expect([status, body]).toEqual([200, expect.objectContaining({ state: 'accepted', gameId: 'star-courier' })]);
  expect(await latest()).toMatchObject([{ state: 'accepted', gameId: 'star-courier' }]);
  await server.settle();
  expect((await alice.call('suggestGame', { body: { name: 'star courier' } })).body.game?.gameId).toBe('star-courier');
  const again = await accept(params, { gameId: 'dota-2' });
  expect(again).toMatchObject({ status: 409, body: { code: 'suggestion_decided' } });
});

test('it is a game of the catalogue by another name, also after that one was merged', async () => {
  server.clock.advance(1);
  const params = await suggest('Battle of the Ancients');
  expect(await accept(params, { gameId: 'terraria' })).toMatchObject({ status: 200, body: { gameId: 'terraria' } });
  await mod.call('mergeGame', { params: { gameId: 'terraria' }, body: { intoGameId: 'dota-2' } });
  await server.settle();
  expect(await latest()).toMatchObject([{ state: 'accepted', gameId: 'dota-2' }]);
});

test('a refusal decides nothing', async () => {
  const params = await suggest('Third one');
  for (const [body, path] of [
    [{}, '/body/gameId'],
    [{ gameId: 'dota-2', game: courier }, '/body/gameId'],
    [{ gameId: 'half-life-3' }, '/body/gameId'],
    [{ game: { ...courier, gameId: 'third', genres: ['jazz'] } }, '/body/game/genres/0'],
  ] as const) {
    expect(await accept(params, body)).toMatchObject({ status: 400, body: { errors: [{ path }] } });
  }
  expect(await accept(params, { game: { ...courier, gameId: 'dota-2' } })).toMatchObject({ status: 409 });
  const unknown = { suggestionId: '01900000-0000-7000-8000-000000000001' };
  expect(await accept(unknown, { game: { ...courier, gameId: 'fourth' } })).toMatchObject({
    status: 404,
    body: { code: 'suggestion_not_found' },
  });
  await server.settle();
  expect((await alice.call('getGame', { params: { gameId: 'fourth' } })).status).toBe(404);
  expect((await alice.call('acceptGameSuggestion', { params, body: { gameId: 'dota-2' } })).status).toBe(403);
  expect((await accept(params, { gameId: 'dota-2' })).status).toBe(200);
});
