import type { GameStatistics, NearGame } from './co-play.ts';

/** A game as the catalogue knows it. */
export interface CatalogueGame {
  readonly gameSlug: string;
  readonly genres: readonly string[];
  readonly modes: readonly string[];
  /** Any scale; breaks ties, since a neighbour whom nobody plays helps nobody. */
  readonly popularity: number;
}

const neighboursKept = 10;
/** As near as two games of the very same kind are taken to be before anybody has played either. */
const mostLikeness = 0.15;
/** As many players of a game say as much as its genres do. */
const fadePlayers = 20;
/** As in `co-play.ts`. */
const leastSimilarity = 0.03;
/** Games compared between two breaths. */
const SLICE = 100;

/**
 * What stands in for co-play until there is some: how like two games of a common genre are by genres and modes, each weighing
 * by how rare it is in the catalogue, w = ln(N / n):
 *
 *   likeness(a, b) = 0.15 · Σ w over what both have / Σ w over what either has     (weighted Jaccard)
 *
 * At most ten games for each, the most like and then the most popular first. Calls `breathe` now and then.
 */
export async function findLikeGames(
  games: readonly CatalogueGame[],
  breathe: () => Promise<unknown>,
): Promise<Map<string, NearGame[]>> {
  const places = [...games.keys()];
  const byGenre = groupBy(places, (place) => games[place]?.genres ?? []);
  const byMode = groupBy(places, (place) => games[place]?.modes ?? []);
  const weigh = (owners: readonly number[]) => Math.log(games.length / owners.length);
  const genreWeights = new Map([...byGenre].map(([genre, owners]) => [genre, weigh(owners)]));
  const modeWeights = [...byMode.values()].map(weigh);
  const modeNames = [...byMode.keys()];
  /** Modes as bits: there are a handful, and comparing lists of words for each pair would take most of the time. */
  const modeBits = games.map(({ modes }) =>
    modeNames.reduce((bits, mode, i) => bits | (modes.includes(mode) ? 1 << i : 0), 0),
  );
  const weighModes = (bits: number) =>
    modeWeights.reduce((sum, weight, i) => sum + (((bits >> i) & 1) === 1 ? weight : 0), 0);
  const weightOfModes = Float64Array.from({ length: 1 << modeNames.length }, (_, bits) => weighModes(bits));
  const sums = Float64Array.from(games, ({ genres }, place) => {
    return genres.reduce(
      (sum, genre) => sum + (genreWeights.get(genre) ?? 0),
      weightOfModes[modeBits[place] ?? 0] ?? 0,
    );
  });
  const like = new Map<string, NearGame[]>();
  const shared = new Float64Array(games.length);
  for (const [place, { gameSlug, genres }] of games.entries()) {
    if (place % SLICE === SLICE - 1) await breathe();
    const touched: number[] = [];
    for (const genre of genres) {
      const weight = genreWeights.get(genre) ?? 0;
      // A genre of all games tells them apart from nothing.
      if (weight === 0) continue;
      for (const other of byGenre.get(genre) ?? []) {
        if (shared[other] === 0) touched.push(other);
        shared[other]! += weight;
      }
    }
    const best: Likely[] = [];
    for (const other of touched) {
      const common = shared[other]! + weightOfModes[modeBits[place]! & modeBits[other]!]!;
      shared[other] = 0;
      if (other !== place) enlist(best, games[other]!, common / (sums[place]! + sums[other]! - common));
    }
    like.set(
      gameSlug,
      best.map(({ game, likeness }) => ({ gameSlug: game.gameSlug, similarity: mostLikeness * likeness })),
    );
  }
  return like;
}

type Likely = { game: CatalogueGame; likeness: number };

/** Keeps the ten most like in order; sorting all of them for each game would take seconds. */
function enlist(best: Likely[], game: CatalogueGame, likeness: number): void {
  const last = best[neighboursKept - 1];
  if (last && likeness < last.likeness) return;
  const before = best.findIndex(
    (one) => likeness > one.likeness || (likeness === one.likeness && comesFirst(game, one.game) < 0),
  );
  if (before === -1 && last) return;
  best.splice(before === -1 ? best.length : before, 0, { game, likeness });
  if (best.length > neighboursKept) best.pop();
}

function groupBy(places: readonly number[], wordsOf: (place: number) => readonly string[]): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  for (const place of places) {
    for (const word of wordsOf(place)) {
      const group = groups.get(word);
      if (group) group.push(place);
      else groups.set(word, [place]);
    }
  }
  return groups;
}

/**
 * Co-play, with likeness where few have played: with n players of a game, near(a, b) = co-play + likeness · 20 / (n + 20).
 */
export function withLikeness(
  statistics: GameStatistics,
  like: ReadonlyMap<string, readonly NearGame[]>,
): GameStatistics {
  const nearGames = new Map(statistics.nearGames);
  for (const [gameSlug, likes] of like) {
    const fade = fadePlayers / ((statistics.playersOf.get(gameSlug) ?? 0) + fadePlayers);
    const similarities = new Map(nearGames.get(gameSlug)?.map((near) => [near.gameSlug, near.similarity]));
    for (const near of likes) {
      similarities.set(near.gameSlug, (similarities.get(near.gameSlug) ?? 0) + near.similarity * fade);
    }
    nearGames.set(gameSlug, nearestOf(similarities));
  }
  return { ...statistics, nearGames };
}

function nearestOf(similarities: ReadonlyMap<string, number>): NearGame[] {
  return [...similarities]
    .map(([gameSlug, similarity]) => ({ gameSlug, similarity }))
    .filter(({ similarity }) => similarity >= leastSimilarity)
    .toSorted((a, b) => b.similarity - a.similarity || (a.gameSlug < b.gameSlug ? -1 : 1))
    .slice(0, neighboursKept);
}

const comesFirst = (one: CatalogueGame, other: CatalogueGame): number =>
  other.popularity - one.popularity || (one.gameSlug < other.gameSlug ? -1 : 1);
