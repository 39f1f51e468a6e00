import { commonCount } from './genres-part.ts';
import type { SearchPlayer, Voice } from './player.ts';
import { type RankingWeights, unitsPerPoint } from './weights.ts';

/** What has few possible values, so that an index can look the sum up instead of adding it. */
export type Traits = Pick<
  SearchPlayer,
  'region' | 'platforms' | 'acceptsCrossplay' | 'voice' | 'playStyle' | 'ageBand' | 'wishes'
>;

export interface TraitParts {
  readonly region: number;
  readonly platform: number;
  readonly voice: number;
  readonly playStyle: number;
}

/** One common language gives three quarters of the points, a second one the rest. */
export function languagePart(viewer: readonly string[], candidate: readonly string[], weights: RankingWeights): number {
  const quarters = [0, 3, 4][Math.min(2, commonCount(viewer, candidate))] ?? 0;
  return (weights.language * unitsPerPoint * quarters) / 4;
}

export function traitParts(viewer: Traits, candidate: Traits, weights: RankingWeights): TraitParts {
  return {
    region: viewer.region !== undefined && viewer.region === candidate.region ? weights.region * unitsPerPoint : 0,
    platform: commonCount(viewer.platforms, candidate.platforms) > 0 ? weights.platform * unitsPerPoint : 0,
    voice: (weights.voice * unitsPerPoint * voiceHalves(viewer.voice, candidate.voice)) / 2,
    playStyle:
      viewer.playStyle !== undefined && viewer.playStyle === candidate.playStyle
        ? weights.playStyle * unitsPerPoint
        : 0,
  };
}

function voiceHalves(a: Voice | undefined, b: Voice | undefined): number {
  if (a === undefined || b === undefined) return 1;
  if (a === b) return 2;
  return a === 'sometimes' || b === 'sometimes' ? 1 : 0;
}
