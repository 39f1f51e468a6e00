import { ratingHundredths } from './may-meet.ts';
import type { SearchPlayer } from './player.ts';
import { type RankingWeights, unitsPerPoint } from './weights.ts';

const dayMs = 86_400_000;
const newcomerDays = 14;
/** This many unanswered requests a player may have before they begin to sink. */
const requestsAtEase = 5;
/** The decay of recency: after ten days about a third is left. */
const recencyDays = 10;
/** Who hides their presence counts as active so long ago: their place tells nobody when they were there. */
const hiddenDays = 7;

/** What a player brings along whoever looks, in steps of `weights.standingStep` points; the sum is 0..63. */
export interface Standing {
  readonly rating: number;
  readonly recency: number;
  readonly newcomer: number;
  /** Zero or less, and never more than the other three give. */
  readonly flooded: number;
}

type StandingFacts = Pick<
  SearchPlayer,
  'ratingMean' | 'activeAt' | 'showsPresence' | 'createdAt' | 'unansweredRequests'
>;

/** Days are counted in UTC, so that standing changes at midnight only and an index may keep it. */
export function dayOf(atMs: number): number {
  return Math.floor(atMs / dayMs);
}

export function standingOf(player: StandingFacts, today: number, weights: RankingWeights): Standing {
  const hundredths = Math.min(500, Math.max(100, ratingHundredths(player.ratingMean)));
  const rating = Math.round((weights.ratingSteps * (hundredths - 100)) / 400);
  const activeDays = player.showsPresence ? daysSince(player.activeAt, today) : hiddenDays;
  const recency = Math.round(weights.recencySteps * Math.exp(-activeDays / recencyDays));
  const daysLeft = Math.max(0, newcomerDays - daysSince(player.createdAt, today));
  const newcomer = Math.round((weights.newcomerSteps * daysLeft) / newcomerDays);
  const crowd = Math.max(0, player.unansweredRequests - requestsAtEase);
  return { rating, recency, newcomer, flooded: 0 - Math.min(crowd, weights.floodedSteps, rating + recency + newcomer) };
}

export function standingSteps({ rating, recency, newcomer, flooded }: Standing): number {
  return rating + recency + newcomer + flooded;
}

/** Units of one step. */
export function standingUnits(weights: RankingWeights): number {
  return weights.standingStep * unitsPerPoint;
}

export function daysSince(atMs: number, today: number): number {
  return Math.max(0, today - dayOf(atMs));
}
