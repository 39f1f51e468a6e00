import { RATING_PRIOR_MEAN } from '#modules/profiles/index.ts';
import { quietCrowds, quietSeasons, type Timed } from './quiet-votes.ts';

/**
 * The rating of a person from the votes of others: a Bayesian mean whose votes cannot pull far.
 *
 * - The prior: PRIOR_WEIGHT votes of RATING_PRIOR_MEAN stand before all others, so few votes stay near the middle.
 * - A vote weighs what its rater is worth (rater-weight.ts), and halves with each HALF_LIFE_DAYS.
 * - Votes from one party are one voice: the weight of its weightiest member, the mean score of all.
 * - Votes given within a week of each other weigh MOST_A_WEEK together at most, so a crowd that comes at once is not louder.
 * - Votes given within a season (SEASON_DAYS) weigh a fifth (SEASON_SHARE) of all others together at most, or MOST_A_SEASON
 *   if that is more: who has been rated for years is not made anew in ten weeks, by whomever. Each vote is judged by the fullest
 *   season that it lies in, so that a campaign gains nothing by its beginning and end.
 * - A vote pulls in proportion to its distance from the rating up to REACH stars, and no harder beyond: it is the mean of
 *   Huber (1964), "Robust estimation of a location parameter", solved here by bisection, with the prior as a plain mean.
 *
 * MOST_A_WEEK and what is said of seasons stand in quiet-votes.ts.
 * docs/ratings.md says the same to players; bench/rating-attacks.ts shows what attacks achieve.
 */
export const PRIOR_WEIGHT = 8;
export const HALF_LIFE_DAYS = 365;
export const REACH = 0.4;

export type Vote = {
  /** 1..5 */
  score: number;
  /** 0..1, see rater-weight.ts. */
  raterWeight: number;
  givenAt: Date;
  /** The party they played in; votes without one speak for themselves. */
  partyId?: string;
};

/** 1..5; the prior when there are no votes. The order of the votes does not matter. */
export const ratingMean = (votes: readonly Vote[], now: Date): number =>
  meanOfVoices(joinVoices(votes, now), ({ score }) => score);

/** Those who speak as one, with what their word weighs now: the same for everything that they gave stars for. */
export type Voice<V> = Timed & { members: readonly V[] };

/** Takes time in proportion to the number of votes and its logarithm. */
export function joinVoices<V extends Omit<Vote, 'score'>>(votes: readonly V[], now: Date): Voice<V>[] {
  const parties = Map.groupBy(votes, (vote) => vote.partyId ?? vote);
  const voices = [...parties.values()].map((members) => ({
    members,
    weight: Math.max(...members.map(({ raterWeight }) => raterWeight)),
    atMs: Math.max(...members.map(({ givenAt }) => givenAt.getTime())),
  }));
  const sorted = voices.toSorted((a, b) => a.atMs - b.atMs);
  return quietSeasons(quietCrowds(sorted)).map((voice) => ({ ...voice, weight: voice.weight * decay(voice, now) }));
}

export function meanOfVoices<V extends Pick<Vote, 'raterWeight'>>(
  voices: readonly Voice<V>[],
  scoreOf: (vote: V) => number,
): number {
  // Few scores are given by many.
  const weights = new Map<number, number>();
  for (const { members, weight } of voices) {
    const score = scoreOfVoice(members, scoreOf);
    weights.set(score, (weights.get(score) ?? 0) + weight);
  }
  const scores = [...weights];
  const pull = (at: number) =>
    scores.reduce(
      (total, [score, weight]) => total + weight * clamp(score - at, -REACH, REACH),
      PRIOR_WEIGHT * (RATING_PRIOR_MEAN - at),
    );
  // The pull falls steadily from the lowest star to the highest, so it is zero at one place.
  let [low, high] = [1, 5];
  for (let step = 0; step < 50; step += 1) {
    const middle = (low + high) / 2;
    if (pull(middle) > 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function scoreOfVoice<V extends Pick<Vote, 'raterWeight'>>(members: readonly V[], scoreOf: (vote: V) => number) {
  const [only] = members;
  if (only && members.length === 1) return scoreOf(only);
  const total = sum(members.map(({ raterWeight }) => raterWeight));
  const weighted = sum(members.map((vote) => scoreOf(vote) * vote.raterWeight));
  return total > 0 ? weighted / total : RATING_PRIOR_MEAN;
}

function decay({ atMs }: Timed, now: Date): number {
  const days = Math.max(0, now.getTime() - atMs) / DAY_MS;
  return 0.5 ** (days / HALF_LIFE_DAYS);
}

const DAY_MS = 86_400_000;

const clamp = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
