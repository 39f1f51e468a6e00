import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import type { Body } from '../helpers/client.ts';

const { nobody, signUp } = await startApp();
const alice = await signUp('alice');

const idsOf = (body: Body) => (body.items as unknown as { gameId: string }[]).map(({ gameId }) => gameId);
const find = async (query: Record<string, string | number>) => {
  const { status, body } = await alice.call('listGames', { query });
  expect(status).toBe(200);
  return idsOf(body);
};

test.each([
  ['кс', 'counter-strike-2'],
  ['cs2', 'counter-strike-2'],
  ['CS 2', 'counter-strike-2'],
  ['counterstrike 2', 'counter-strike-2'],
  ['cuonter', 'counter-strike-2'],
  ['дота', 'dota-2'],
  ['Дота 2', 'dota-2'],
  ['вщеф', 'dota-2'],
  ['ljnf', 'dota-2'],
  ['minecaft', 'minecraft'],
  ['майнкрафт', 'minecraft'],
  ['террария', 'terraria'],
  ['лига лег', 'league-of-legends'],
])('%s finds %s first', async (query, gameId) => {
  const [first] = await find({ query });
  expect(first).toBe(gameId);
});

test('what fits nothing gives an empty list', async () => {
  expect(await find({ query: 'qzxjvk' })).toEqual([]);
  expect(await find({ query: '%_%' })).toEqual([]);
});

test('filters by genre and platform', async () => {
  const { body } = await alice.call('listGames', { query: { genre: 'moba', platform: 'ios', limit: 100 } });
  const games = body.items as unknown as { genres: string[]; platforms: string[] }[];
  expect(games.length).toBeGreaterThan(3);
  expect(games.every(({ genres, platforms }) => genres.includes('moba') && platforms.includes('ios'))).toBe(true);
});

test('pages go through all games, the most popular first, each once', async () => {
  const all: { gameId: string; popularity: number }[] = [];
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    const query: Record<string, string | number> = { limit: 100, ...(cursor && { cursor }) };
    const { body } = await alice.call('listGames', { query });
    all.push(...(body.items as unknown as typeof all));
    cursor = body.nextCursor === undefined ? undefined : String(body.nextCursor);
  }
  expect(all.length).toBeGreaterThan(2_000);
  expect(new Set(all.map(({ gameId }) => gameId)).size).toBe(all.length);
  expect(all.every((game, i) => i === 0 || game.popularity <= (all[i - 1]?.popularity ?? 0))).toBe(true);
});

test('a cursor is good for its own list only', async () => {
  const { body } = await alice.call('listGames', { query: { limit: 1, genre: 'moba' } });
  const forged = await alice.call('listGames', { query: { limit: 1, cursor: String(body.nextCursor) } });
  expect(forged).toMatchObject({ status: 400, body: { code: 'invalid_cursor' } });
});

test('refuses a bad shape and strangers', async () => {
  expect((await alice.call('listGames', { query: { platform: 'abacus' } })).status).toBe(400);
  expect((await alice.call('listGames', { query: { query: 'x'.repeat(61) } })).status).toBe(400);
  expect((await nobody.call('listGames')).status).toBe(401);
});

test('a client that holds the answer gets 304 and no body', async () => {
  const first = await alice.call('listGames', { query: { genre: 'moba' } });
  const etag = String(first.headers.get('etag'));
  expect(etag).toMatch(/^"[\w-]{22}"$/);
  const again = await alice.call('listGames', {
    query: { genre: 'moba' },
    headers: { 'if-none-match': `"other", W/${etag}` },
  });
  expect(again.status).toBe(304);
  expect(again.body).toBeUndefined();
  expect(again.headers.get('etag')).toBe(etag);
  const other = await alice.call('listGames', { query: { genre: 'rts' }, headers: { 'if-none-match': etag } });
  expect(other.status).toBe(200);
});
