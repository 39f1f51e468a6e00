import type { GameStatistics } from './score/co-play.ts';
import { lacksCommonGame, passesFilters, type TeammateFilters } from './score/filters.ts';
import { mayMeet } from './score/may-meet.ts';
import type { SearchPlayer } from './score/player.ts';
import { type Candidate, scorePair, shownScore } from './score/score.ts';
import { dayOf } from './score/standing.ts';
import { tasteOf } from './score/taste.ts';
import { rankingWeights } from './score/weights.ts';

/**
 * A score from here on is worth a notification: of a thousand people who are new or changed in a week, about two reach it
 * for the median owner of a search, and for one owner in twenty nobody does (`bench/saved-searches.ts`).
 */
export const FITS_WELL = 0.25;

/** Whether one person would stand in this search, without any wish given up, and high enough. */
export function fitsWell(
  viewer: SearchPlayer,
  candidate: Candidate,
  filters: TeammateFilters,
  statistics: GameStatistics,
  now: Date,
): boolean {
  const today = dayOf(now.getTime());
  if (!mayMeet(viewer, candidate.player) || !passesFilters(candidate, filters, today)) return false;
  const taste = tasteOf(viewer, filters.games, statistics, rankingWeights);
  const { units, parts } = scorePair(viewer, taste, candidate, today, rankingWeights);
  return !lacksCommonGame(filters, taste, parts.games) && shownScore(units, rankingWeights) >= FITS_WELL;
}
