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
 * What stands in for co-play until there is some: how like two games are by genres and modes, each weighing by how rare it
 * is in the catalogue, w = ln(N / n):
 *
 *   likeness(a, b) = 0.15 · Σ w over what both have / Σ w over what either has     (weighted Jaccard)
 *
 * At most ten games for each, the most like and then the most popular first. Calls `breathe` now and then.
 */
export async function findLikeGames(
  games: readonly CatalogueGame[],
  breathe: () => Promise<unknown>,
): Promise<Map<string, NearGame[]>> {
  const kinds = games.map(({ genres, modes }) => [...genres, ...modes.map((mode) => `mode ${mode}`)]);
  const owners = new Map<string, number[]>();
  for (const [index, own] of kinds.entries()) {
    for (const kind of own) owners.set(kind, [...(owners.get(kind) ?? []), index]);
  }
  const weightOf = (kind: string) => Math.log(games.length / (owners.get(kind)?.length ?? 1));
  const sums = kinds.map((own) => own.reduce((sum, kind) => sum + weightOf(kind), 0));
  const like = new Map<string, NearGame[]>();
  const shared = new Float64Array(games.length);
  for (const [index, { gameSlug }] of games.entries()) {
    if (index % SLICE === SLICE - 1) await breathe();
    shared.fill(0);
    for (const kind of kinds[index] ?? []) {
      const weight = weightOf(kind);
      for (const other of owners.get(kind) ?? []) shared[other]! += weight;
    }
    shared[index] = 0;
    const all = sums[index] ?? 0;
    const likenessTo = (other: number) => shared[other]! / (all + sums[other]! - shared[other]!);
    like.set(
      gameSlug,
      findMost(games, likenessTo).flatMap((other) => {
        const near = games[other];
        return near ? [{ gameSlug: near.gameSlug, similarity: mostLikeness * likenessTo(other) }] : [];
      }),
    );
  }
  return like;
}

/** The places of the ten most like, found in one pass: sorting all for each would take seconds. */
function findMost(games: readonly CatalogueGame[], likenessTo: (place: number) => number): number[] {
  const best: { place: number; likeness: number }[] = [];
  for (let place = 0; place < games.length; place += 1) {
    const likeness = likenessTo(place);
    const last = best[neighboursKept - 1];
    if (!(likeness > 0) || (last && likeness < last.likeness)) continue;
    const before = best.findIndex(
      (one) => likeness > one.likeness || (likeness === one.likeness && comesFirst(games[place], games[one.place]) < 0),
    );
    best.splice(before === -1 ? best.length : before, 0, { place, likeness });
    best.length = Math.min(best.length, neighboursKept);
  }
  return best.map(({ place }) => place);
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

function comesFirst(one: CatalogueGame | undefined, other: CatalogueGame | undefined): number {
  if (!one || !other) return 0;
  return other.popularity - one.popularity || (one.gameSlug < other.gameSlug ? -1 : 1);
}
