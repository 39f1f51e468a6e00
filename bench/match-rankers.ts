import { createPackedIndex } from '#modules/search/packed/packed-index.ts';
import { gatherGameStatistics } from '#modules/search/score/co-play.ts';
import { noFilters } from '#modules/search/score/filters.ts';
import { noWishes, type PlayLevel, type SearchGame, type SearchPlayer } from '#modules/search/score/player.ts';
import { createRandom } from './random.ts';
import type { Library, OwnedGame } from './real-players.ts';

/** Gives ten players for a viewer, best first. */
export type Ranker = (viewer: number) => number[];

const now = Date.UTC(2026, 10, 23, 18);

export function rankersFor(libraries: readonly Library[]): Record<string, () => Ranker> {
  const visible = libraries.map((library) => library.filter(({ isHidden }) => !isHidden));
  return {
    random: () => randomRanker(visible),
    'shared count (plain SQL)': () => byScore(visible, () => 1),
    Jaccard: () => byScore(visible, () => 1, jaccard),
    'log-hours cosine': () => byScore(visible, hoursProduct, cosine),
    BM25: () => bm25(visible),
    'ours, bare list': () => ours(visible, ({ gameSlug }) => ({ gameSlug, level: 'often' })),
    'ours, three levels': () => ours(visible, levelled),
    'ours, hours': () => ours(visible, ({ gameSlug, hours }) => ({ gameSlug, level: 'often', hoursPlayed: hours })),
  };
}

/** The served engine over profiles that differ in nothing but games. */
function ours(visible: readonly Library[], shown: (game: OwnedGame) => SearchGame | undefined): Ranker {
  const players = visible.map((library, index): SearchPlayer => {
    const games = library.map(shown).filter((game) => game !== undefined);
    return {
      accountId: `00000000-0000-7000-8000-${index.toString(16).padStart(12, '0')}`,
      games,
      genres: [],
      languages: [],
      platforms: [],
      acceptsCrossplay: false,
      ageBand: '18_plus',
      ratingMean: 3.5,
      ratingCount: 0,
      activeAt: now,
      createdAt: 0,
      isOnline: false,
      showsPresence: true,
      unansweredRequests: 0,
      isFindable: true,
      wishes: noWishes,
    };
  });
  const engine = createPackedIndex();
  for (const player of players) engine.upsert(player);
  engine.setGameStatistics(gatherGameStatistics(players));
  engine.tidy();
  return (viewer) => {
    const { items } = engine.search({ viewer: players[viewer]!, filters: noFilters, excluded: [], now, limit: 10 });
    return items.map(({ accountId }) => Number.parseInt(accountId.slice(24), 16));
  };
}

/** What the three levels of a profile would say: what was never played is not named. */
export function levelled({ gameSlug, hours }: OwnedGame): SearchGame | undefined {
  if (hours === 0) return undefined;
  const level: PlayLevel = hours >= 100 ? 'main' : hours >= 10 ? 'often' : 'sometimes';
  return { gameSlug, level };
}

function randomRanker(visible: readonly Library[]): Ranker {
  const random = createRandom(3);
  return (viewer) => {
    const drawn = new Set<number>();
    while (drawn.size < 10) drawn.add(Math.floor(random() * visible.length));
    return [...drawn].filter((player) => player !== viewer);
  };
}

type Combine = (sum: number, viewer: Library, other: Library) => number;

/** Σ over shared games of `worth`, then `combine`; ties by number. */
function byScore(
  visible: readonly Library[],
  worth: (own: OwnedGame, other: OwnedGame, otherLibrary: Library) => number,
  combine: Combine = (sum) => sum,
): Ranker {
  const ownersOf = new Map<string, { player: number; game: OwnedGame }[]>();
  for (const [player, library] of visible.entries()) {
    for (const game of library) {
      const owners = ownersOf.get(game.gameSlug);
      if (owners === undefined) ownersOf.set(game.gameSlug, [{ player, game }]);
      else owners.push({ player, game });
    }
  }
  return (viewer) => {
    const sums = new Float64Array(visible.length);
    for (const own of visible[viewer] ?? []) {
      for (const { player, game } of ownersOf.get(own.gameSlug) ?? []) {
        sums[player]! += worth(own, game, visible[player] ?? []);
      }
    }
    const scored = [...sums.keys()]
      .filter((player) => player !== viewer && sums[player]! > 0)
      .map((player) => ({ player, score: combine(sums[player]!, visible[viewer] ?? [], visible[player] ?? []) }));
    return scored
      .toSorted((a, b) => b.score - a.score || a.player - b.player)
      .slice(0, 10)
      .map(({ player }) => player);
  };
}

function jaccard(shared: number, viewer: Library, other: Library): number {
  return shared / (viewer.length + other.length - shared);
}

function hoursProduct(own: OwnedGame, other: OwnedGame): number {
  return Math.log2(1 + own.hours) * Math.log2(1 + other.hours);
}

const lengths = new WeakMap<Library, number>();

function cosine(product: number, _viewer: Library, other: Library): number {
  let length = lengths.get(other);
  if (length === undefined) {
    length = Math.sqrt(other.reduce((sum, { hours }) => sum + Math.log2(1 + hours) ** 2, 0));
    lengths.set(other, length);
  }
  return length === 0 ? 0 : product / length;
}

/** k1 = 1.2, b = 0.75, each game a word that stands once. */
function bm25(visible: readonly Library[]): Ranker {
  const owners = new Map<string, number>();
  for (const { gameSlug } of visible.flat()) owners.set(gameSlug, (owners.get(gameSlug) ?? 0) + 1);
  const meanLength = visible.reduce((sum, library) => sum + library.length, 0) / visible.length;
  return byScore(visible, (own, _game, { length }) => {
    const count = owners.get(own.gameSlug) ?? 0;
    const idf = Math.log(1 + (visible.length - count + 0.5) / (count + 0.5));
    return (idf * 2.2) / (1 + 1.2 * (0.25 + (0.75 * length) / meanLength));
  });
}
