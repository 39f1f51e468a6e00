import type { Library } from './real-players.ts';

/** How good a list of ten is for one viewer, by three readings; each with what chance and an oracle would get. */
export interface Reading {
  readonly got: number;
  readonly chance: number;
  readonly best: number;
}

export interface Truth {
  readonly viewer: number;
  /** Undefined where nothing could be found, so that nothing can be measured. */
  judge(topTen: readonly number[]): Record<ReadingName, Reading | undefined>;
}

export const readingNames = ['commonPlay', 'mainFive', 'hiddenGame'] as const;
export type ReadingName = (typeof readingNames)[number];

const listLength = 10;
const discounts = Array.from({ length: listLength }, (_, place) => 1 / Math.log2(place + 2));
const allDiscounts = discounts.reduce((sum, discount) => sum + discount, 0);

/**
 * The truth is the whole library, hidden games too. Common play: Σ min(p, p') of the shares of log2(1 + hours), as
 * NDCG@10. Main five: how many of the five most played are the same, as NDCG@10. Hidden game: the part of the ten who
 * really play a game that was hidden from the viewer's profile.
 */
export function createTruths(libraries: readonly Library[]): (viewer: number) => Truth {
  const shares = libraries.map(sharesOf);
  const fives = shares.map((play) => new Set([...play.keys()].slice(0, 5)));
  const playersOf = new Map<string, { player: number; share: number }[]>();
  for (const [player, play] of shares.entries()) {
    for (const [gameSlug, share] of play) {
      const players = playersOf.get(gameSlug);
      if (players === undefined) playersOf.set(gameSlug, [{ player, share }]);
      else players.push({ player, share });
    }
  }
  const others = libraries.length - 1;

  return (viewer) => {
    const commonPlay = new Float64Array(libraries.length);
    const mainFive = new Float64Array(libraries.length);
    const hiddenGame = new Float64Array(libraries.length);
    for (const [gameSlug, share] of shares[viewer] ?? []) {
      const isMain = fives[viewer]?.has(gameSlug) ?? false;
      const isHidden = libraries[viewer]?.some((game) => game.isHidden && game.gameSlug === gameSlug) ?? false;
      for (const { player, share: otherShare } of playersOf.get(gameSlug) ?? []) {
        commonPlay[player]! += Math.min(share, otherShare);
        if (isMain && fives[player]?.has(gameSlug)) mainFive[player]! += 1;
        if (isHidden) hiddenGame[player] = 1;
      }
    }
    for (const gains of [commonPlay, mainFive, hiddenGame]) gains[viewer] = 0;
    return {
      viewer,
      judge: (topTen) => ({
        commonPlay: discounted(commonPlay, topTen, others),
        mainFive: discounted(mainFive, topTen, others),
        hiddenGame: counted(hiddenGame, topTen, others),
      }),
    };
  };
}

function sharesOf(library: Library): Map<string, number> {
  const played = library.filter(({ hours }) => hours > 0).toSorted((a, b) => b.hours - a.hours);
  const sum = played.reduce((total, { hours }) => total + Math.log2(1 + hours), 0);
  return new Map(played.map(({ gameSlug, hours }) => [gameSlug, Math.log2(1 + hours) / sum]));
}

function discounted(gains: Float64Array, topTen: readonly number[], others: number): Reading | undefined {
  const ideal = gains.toSorted((a, b) => b - a).subarray(0, listLength);
  const best = ideal.reduce((sum, gain, place) => sum + gain * discounts[place]!, 0);
  if (best === 0) return undefined;
  const got = topTen.reduce((sum, player, place) => sum + gains[player]! * discounts[place]!, 0);
  const mean = gains.reduce((sum, gain) => sum + gain, 0) / others;
  return { got: got / best, chance: (mean * allDiscounts) / best, best: 1 };
}

function counted(gains: Float64Array, topTen: readonly number[], others: number): Reading | undefined {
  const all = gains.reduce((sum, gain) => sum + gain, 0);
  if (all === 0) return undefined;
  const got = topTen.reduce((sum, player) => sum + gains[player]!, 0);
  return { got: got / listLength, chance: all / others, best: Math.min(1, all / listLength) };
}
