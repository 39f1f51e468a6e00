import type { SearchPlayer } from './player.ts';
import { type RankingWeights, unitsPerPoint } from './weights.ts';

/**
 * Genres say little beside games, yet they are all there is for a profile with few: without games they weigh three times,
 * with one game twice.
 */
export function genresWorth(viewer: SearchPlayer, weights: RankingWeights): number {
  return weights.genres * unitsPerPoint * Math.max(1, 3 - viewer.games.length);
}

/** Dice's coefficient: whoever ticks every genre gains nothing by it. */
export function genresPart(worth: number, common: number, viewerCount: number, candidateCount: number): number {
  return common === 0 ? 0 : Math.floor((2 * worth * common) / (viewerCount + candidateCount));
}

export function commonCount(a: readonly string[], b: readonly string[]): number {
  return a.reduce((count, word) => count + (b.includes(word) ? 1 : 0), 0);
}
