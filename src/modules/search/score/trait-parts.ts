import { commonCount } from './genres-part.ts';
import type { PlayStyle, Voice } from './player.ts';
import { type RankingWeights, unitsPerPoint } from './weights.ts';

/** One common language gives three quarters of the points, a second one the rest. */
export function languagePart(viewer: readonly string[], candidate: readonly string[], weights: RankingWeights): number {
  const quarters = [0, 3, 4][Math.min(2, commonCount(viewer, candidate))] ?? 0;
  return (weights.language * unitsPerPoint * quarters) / 4;
}

export function regionPart(viewer: string | undefined, candidate: string | undefined, weights: RankingWeights): number {
  return viewer !== undefined && viewer === candidate ? weights.region * unitsPerPoint : 0;
}

export function platformPart(viewer: readonly string[], candidate: readonly string[], weights: RankingWeights): number {
  return commonCount(viewer, candidate) > 0 ? weights.platform * unitsPerPoint : 0;
}

/** Half the points where one side said nothing or sometimes. */
export function voicePart(viewer: Voice | undefined, candidate: Voice | undefined, weights: RankingWeights): number {
  return (weights.voice * unitsPerPoint * voiceHalves(viewer, candidate)) / 2;
}

export function playStylePart(
  viewer: PlayStyle | undefined,
  candidate: PlayStyle | undefined,
  weights: RankingWeights,
): number {
  return viewer !== undefined && viewer === candidate ? weights.playStyle * unitsPerPoint : 0;
}

function voiceHalves(a: Voice | undefined, b: Voice | undefined): number {
  if (a === undefined || b === undefined) return 1;
  if (a === b) return 2;
  return a === 'sometimes' || b === 'sometimes' ? 1 : 0;
}
