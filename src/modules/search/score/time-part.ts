import type { WeekHours } from './player.ts';
import { hoursInWeek, overlapHours } from './week-hours.ts';
import { type RankingWeights, unitsPerPoint } from './weights.ts';

/** More common hours than this a week add nothing: nobody plays them all. */
export const enoughHours = 20;
/** Worth of hours that one side did not name: some, but less than knowing. */
export const unknownHours = 5;

export function timePart(a: WeekHours | undefined, b: WeekHours | undefined, weights: RankingWeights): number {
  const hours = a === undefined || b === undefined ? unknownHours : overlapHours(a, b);
  return timeUnits(hours, weights);
}

/** The most that anybody can earn with this viewer. */
export function highestTimePart(viewer: WeekHours | undefined, weights: RankingWeights): number {
  const overlap = viewer === undefined ? 0 : hoursInWeek(viewer);
  return timeUnits(Math.max(overlap, unknownHours), weights);
}

export function timeUnits(hours: number, weights: RankingWeights): number {
  return Math.floor((weights.time * unitsPerPoint * Math.min(hours, enoughHours)) / enoughHours);
}
