import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { gatherGameStatistics } from '#modules/search/score/co-play.ts';
import { noFilters } from '#modules/search/score/filters.ts';
import { findLikeGames, withLikeness } from '#modules/search/score/likeness.ts';
import type { SearchPlayer } from '#modules/search/score/player.ts';
import { toPlayer } from '#modules/search/to-player.ts';
import { hasRealPlayers, importRealPlayers, readRealPlayers } from '../../scripts/load-real-players.ts';
import { startApp } from '../helpers/app.ts';
import { createBruteForce } from '../search/brute-force.ts';

// Not shipped: the licence of the data allows tests, not copies. Beside a checkout of ours it is always there.
const FOLDER = fileURLToPath(new URL('../../../shared/data/', import.meta.url));
const COUNT = 2_000;
const isThere = hasRealPlayers(FOLDER);
if (!isThere) process.stderr.write(`SKIPPED: real players are not at ${FOLDER}\n`);

test.runIf(isThere || process.env.CI)('2,000 real players are ranked as the plain score says', async () => {
  const { app, clock, signUp, settle } = await startApp(
    {},
    {
      prepare: async ({ app: empty, db: emptyDb, ids }) => {
        const players = readRealPlayers(FOLDER, empty.games.listGames(), COUNT);
        expect(players).toHaveLength(COUNT);
        await importRealPlayers(empty, emptyDb, ids, players);
      },
    },
  );
  const alice = await signUp('alice');
  for (const [gameId, level] of [
    ['dota-2', 'main'],
    ['team-fortress-2', 'often'],
    ['left-4-dead-2', 'sometimes'],
  ] as const) {
    const { status } = await alice.call('putProfileGame', { params: { gameId }, body: { level, platform: 'windows' } });
    expect(status).toBe(200);
  }
  await alice.call('updateMyProfile', { body: { platforms: ['windows'] } });
  await settle();

  const everybody = await readEverybody(app.profiles);
  expect(everybody).toHaveLength(COUNT + 1);
  const viewer = everybody.find(({ accountId }) => accountId === alice.userId);
  if (!viewer) throw new Error('alice is not in the database');
  const reference = createBruteForce();
  for (const player of everybody) reference.upsert(player);
  // The server gathered its statistics when it loaded, before Alice came.
  const coPlay = gatherGameStatistics(everybody.filter((player) => player !== viewer));
  const catalogue = app.games.listGames().map((game) => ({ ...game, gameSlug: game.gameId }));
  reference.setGameStatistics(withLikeness(coPlay, await findLikeGames(catalogue, async () => {})));

  for (const filters of [noFilters, { ...noFilters, games: ['rust', 'left-4-dead-2'] }]) {
    const excluded = [alice.userId];
    const expected = reference.search({ viewer, filters, excluded, now: clock.now().getTime(), limit: 500 });
    const found: { accountId: string; score: number }[] = [];
    for (let cursor: string | undefined, isFirst = true; isFirst || cursor; isFirst = false) {
      const query = { limit: 100, ...(filters.games.length > 0 && { game: filters.games }), ...(cursor && { cursor }) };
      const { body } = await alice.call('listTeammates', { query });
      const items = body.items as unknown as { user: { userId: string }; score: number }[];
      found.push(...items.map(({ user, score }) => ({ accountId: user.userId, score })));
      cursor = body.nextCursor === undefined ? undefined : String(body.nextCursor);
    }
    expect(found.length).toBeGreaterThan(100);
    expect(found).toEqual(expected.items);
  }
});

async function readEverybody(profiles: {
  findSearchProfilesAfter(accountId: string, limit: number): Promise<Parameters<typeof toPlayer>[0][]>;
}): Promise<SearchPlayer[]> {
  const everybody: SearchPlayer[] = [];
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const page = await profiles.findSearchProfilesAfter(after, 1_000);
    everybody.push(...page.map((profile) => toPlayer(profile, 0)));
    after = page.at(-1)?.accountId ?? '';
    if (after === '') return everybody;
  }
}
