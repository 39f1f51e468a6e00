/**
 * The ranking, as numbers. Points out of 1000; every page of results names `rankingVersion`, so that it can be explained
 * and replayed. Whoever changes a number, or the meaning of one, gives the table a new version.
 */
export interface RankingWeights {
  readonly rankingVersion: string;
  readonly games: number;
  readonly time: number;
  readonly language: number;
  readonly region: number;
  readonly genres: number;
  readonly platform: number;
  readonly voice: number;
  readonly playStyle: number;
  /** The four below are in steps of `standingStep` points: they belong to the candidate alone. */
  readonly standingStep: number;
  readonly ratingSteps: number;
  readonly recencySteps: number;
  readonly newcomerSteps: number;
  readonly floodedSteps: number;
}

export const rankingWeights: RankingWeights = {
  rankingVersion: '2026-11-2',
  games: 560,
  time: 120,
  language: 40,
  region: 50,
  genres: 40,
  platform: 10,
  voice: 20,
  playStyle: 20,
  standingStep: 4,
  ratingSteps: 14,
  recencySteps: 15,
  newcomerSteps: 6,
  floodedSteps: 15,
};

/** A point in the integer units in which scores are added up. */
export const unitsPerPoint = 4096;

/** The sum of all that can be had, in units: the score 1. */
export function highestScore(weights: RankingWeights): number {
  const points =
    weights.games +
    weights.time +
    weights.language +
    weights.region +
    weights.genres +
    weights.platform +
    weights.voice +
    weights.playStyle +
    weights.standingStep * (weights.ratingSteps + weights.recencySteps + weights.newcomerSteps);
  return points * unitsPerPoint;
}
