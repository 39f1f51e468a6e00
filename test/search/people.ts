import * as fc from 'fast-check';
import type { TeammateQuery } from '#modules/search/score/engine.ts';
import { noFilters, type TeammateFilters } from '#modules/search/score/filters.ts';
import {
  ageBands,
  noWishes,
  playLevels,
  playStyles,
  type SearchGame,
  type SearchPlayer,
  voices,
  type WeekHours,
  type Wishes,
} from '#modules/search/score/player.ts';
import { type RankingWeights, rankingWeights } from '#modules/search/score/weights.ts';

export const dayMs = 86_400_000;
/** Monday 2026-11-23, 18:00 UTC. */
export const now = Date.UTC(2026, 10, 23, 18);

/** An adult with nothing but a name, seen today, there for two years. */
export function somebody(accountId: string, facts: Partial<SearchPlayer> = {}): SearchPlayer {
  return {
    accountId,
    games: [],
    genres: [],
    languages: [],
    platforms: [],
    acceptsCrossplay: false,
    ageBand: '18_plus',
    ratingMean: 3.5,
    ratingCount: 0,
    activeAt: now,
    createdAt: now - 700 * dayMs,
    isOnline: false,
    showsPresence: true,
    unansweredRequests: 0,
    isFindable: true,
    wishes: noWishes,
    ...facts,
  };
}

const names = ['alice', 'bob', 'carol', 'dave', 'minor', 'nobody'];

/** The account id of a person with a name; ids stand in the order of the names. */
export function idOf(name: string): string {
  return `01900000-0000-7000-8000-${String(names.indexOf(name)).padStart(12, '0')}`;
}

export function nameOf(accountId: string): string | undefined {
  return names[Number(accountId.slice(-2))];
}

export function playing(...gameSlugs: string[]): SearchGame[] {
  return gameSlugs.map((gameSlug) => ({ gameSlug, level: 'often' }));
}

export function searchBy(viewer: SearchPlayer, facts: Partial<TeammateQuery> = {}): TeammateQuery {
  return { viewer, filters: noFilters, excluded: [], now, limit: 50, ...facts };
}

const ladderSizes: Record<string, number> = { 'game-1': 8, 'game-2': 30, 'game-3': 63, 'game-4': 200 };
const gameSlugs = Array.from({ length: 12 }, (_, index) => `game-${index}`);
const genres = ['shooter', 'moba', 'survival', 'racing', 'strategy', 'card'];
const languages = ['ru', 'en', 'de', 'kk'];
const regions = ['cis', 'europe', 'asia'];
const platforms = ['pc', 'playstation', 'xbox'];

/** A few dozen account ids, so that upserts and removals meet the same people again. */
export const accountIds = Array.from({ length: 60 }, (_, index) => {
  const hex = ((index * 2_654_435_761) >>> 0).toString(16).padStart(8, '0');
  return `${hex}-0000-7000-8000-${String(index).padStart(12, '0')}`;
});

const word32 = fc.integer({ min: 0, max: 0xffff_ffff });

function someOf<Word>(words: readonly Word[], maxLength: number): fc.Arbitrary<Word[]> {
  return fc.uniqueArray(fc.constantFrom(...words), { maxLength });
}

const anyGame: fc.Arbitrary<SearchGame> = fc
  .record(
    {
      gameSlug: fc.constantFrom(...gameSlugs),
      level: fc.constantFrom(...playLevels),
      hoursPlayed: fc.constantFrom(0, 1, 20, 20, 500, 4000),
      rank: fc.nat({ max: 199 }),
    },
    { requiredKeys: ['gameSlug', 'level'] },
  )
  .map(({ rank, ...game }) => {
    const ladderSize = ladderSizes[game.gameSlug];
    return ladderSize === undefined || rank === undefined
      ? game
      : { ...game, rankIndex: rank % ladderSize, ladderSize };
  });

const anyWeek = fc.tuple(word32, word32, word32, word32, word32, fc.nat({ max: 255 })).map((week): WeekHours => week);

const someWishes: fc.Arbitrary<Wishes> = fc.record(
  {
    languages: someOf(languages, 1),
    platforms: someOf(platforms, 1),
    ageBands: someOf(ageBands, 1),
    voice: fc.constantFrom('yes', 'no'),
    minRating: fc.constantFrom(2.5, 3, 4.123),
  },
  { requiredKeys: ['languages', 'platforms', 'ageBands'] },
);

export const anyPlayer: fc.Arbitrary<SearchPlayer> = fc
  .record(
    {
      accountId: fc.constantFrom(...accountIds),
      games: fc.uniqueArray(anyGame, { maxLength: 7, selector: ({ gameSlug }) => gameSlug }),
      genres: someOf(genres, 4),
      languages: someOf(languages, 4),
      region: fc.constantFrom(...regions),
      platforms: someOf(platforms, 3),
      acceptsCrossplay: fc.boolean(),
      voice: fc.constantFrom(...voices),
      playStyle: fc.constantFrom(...playStyles),
      availability: anyWeek,
      ageBand: fc.constantFrom('18_plus', '18_plus', '18_plus', '18_plus', '16_17', '13_15'),
      ratingMean: fc.double({ min: 1, max: 5, noNaN: true }),
      ratingCount: fc.nat({ max: 20 }),
      daysAway: fc.nat({ max: 60 }),
      daysThere: fc.nat({ max: 40 }),
      isOnline: fc.boolean(),
      showsPresence: fc.boolean(),
      unansweredRequests: fc.nat({ max: 30 }),
      isHidden: fc.nat({ max: 9 }).map((number) => number === 9),
      // Most wish nothing, or nobody would find anybody.
      wishes: fc.oneof({ weight: 12, arbitrary: fc.constant(noWishes) }, { weight: 1, arbitrary: someWishes }),
    },
    { noNullPrototype: true, requiredKeys: requiredOfPlayers() },
  )
  .map(({ daysAway, daysThere, isHidden, ...facts }) => ({
    ...facts,
    activeAt: now - daysAway * dayMs,
    createdAt: now - daysThere * dayMs,
    isFindable: !isHidden,
    isOnline: facts.isOnline && facts.showsPresence,
  }));

/** One filter, or the few that belong together. */
const anyFilter: fc.Arbitrary<Partial<TeammateFilters>> = fc.oneof(
  fc.record({ games: someOf(gameSlugs, 2) }),
  fc.record(
    { games: someOf(gameSlugs, 3), minRankIndex: fc.nat({ max: 40 }), maxRankIndex: fc.nat({ max: 210 }) },
    { requiredKeys: ['games'] },
  ),
  fc.record({ genres: someOf(genres, 2) }),
  fc.record({ languages: someOf(languages, 2) }),
  fc.record({ platforms: someOf(platforms, 1) }),
  fc.record({ regions: someOf(regions, 2) }),
  fc.record({ ageBands: someOf(ageBands, 2) }),
  fc.record({ voice: fc.constantFrom(...voices) }),
  fc.record({ playStyle: fc.constantFrom(...playStyles) }),
  fc.record({ minRating: fc.double({ min: 1, max: 5, noNaN: true }) }),
  fc.record({ isOnline: fc.boolean() }),
  fc.record({ availableAt: fc.nat({ max: 200 }).map((hours) => now + hours * 3_600_000) }),
  fc.record({ activeWithinDays: fc.constantFrom(1, 3, 50) }),
  fc.record({ needsCommonGame: fc.boolean() }),
);

const anyFilters = fc
  .array(anyFilter, { maxLength: 3 })
  .map((filters) => filters.reduce<TeammateFilters>((all, filter) => ({ ...all, ...filter }), noFilters));

export const anyQuery: fc.Arbitrary<TeammateQuery> = fc.record({
  viewer: anyPlayer,
  filters: anyFilters,
  excluded: someOf(accountIds, 4),
  now: fc.nat({ max: 3 }).map((days) => now + days * dayMs),
  limit: fc.constantFrom(1, 3, 10, 50),
  isStrict: fc.boolean(),
});

/** The real weights, and others like them. */
export const anyWeights: fc.Arbitrary<RankingWeights> = fc.oneof(
  fc.constant(rankingWeights),
  fc.record({
    rankingVersion: fc.constant('any'),
    games: fc.nat({ max: 1000 }),
    time: fc.nat({ max: 400 }),
    language: fc.nat({ max: 100 }),
    region: fc.nat({ max: 100 }),
    genres: fc.nat({ max: 200 }),
    platform: fc.nat({ max: 50 }),
    voice: fc.nat({ max: 50 }),
    playStyle: fc.nat({ max: 50 }),
    standingStep: fc.integer({ min: 1, max: 10 }),
    ratingSteps: fc.nat({ max: 20 }),
    recencySteps: fc.nat({ max: 20 }),
    newcomerSteps: fc.nat({ max: 20 }),
    floodedSteps: fc.nat({ max: 60 }),
  }),
);

function requiredOfPlayers() {
  return [
    'accountId',
    'games',
    'genres',
    'languages',
    'platforms',
    'acceptsCrossplay',
    'ratingMean',
    'ratingCount',
    'daysAway',
    'daysThere',
    'isOnline',
    'showsPresence',
    'unansweredRequests',
    'isHidden',
    'wishes',
  ] as const satisfies string[];
}
