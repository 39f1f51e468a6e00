import { RATING_PRIOR_MEAN } from '#modules/profiles/index.ts';

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
 * docs/ratings.md says the same to players; bench/rating-attacks.ts shows what attacks achieve.
 */
export const PRIOR_WEIGHT = 8;
export const HALF_LIFE_DAYS = 365;
export const MOST_A_WEEK = 1.5;
export const SEASON_DAYS = 90;
export const SEASON_SHARE = 0.2;
export const MOST_A_SEASON = 3;
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
export function ratingMean(votes: readonly Vote[], now: Date): number {
  const voices = quietSeasons(quietCrowds(joinParties(votes))).map((voice) => ({
    ...voice,
    weight: voice.weight * decay(voice, now),
  }));
  const pull = (at: number) =>
    voices.reduce(
      (sum, { weight, score }) => sum + weight * clamp(score - at, -REACH, REACH),
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

type Voice = { score: number; weight: number; givenAt: Date };

function joinParties(votes: readonly Vote[]): Voice[] {
  const parties = Map.groupBy(votes, (vote) => vote.partyId ?? vote);
  return [...parties.values()].map((members) => {
    const total = sum(members.map(({ raterWeight }) => raterWeight));
    const weighted = sum(members.map(({ score, raterWeight }) => score * raterWeight));
    return {
      score: total > 0 ? weighted / total : RATING_PRIOR_MEAN,
      weight: Math.max(...members.map(({ raterWeight }) => raterWeight)),
      givenAt: new Date(Math.max(...members.map(({ givenAt }) => givenAt.getTime()))),
    };
  });
}

function quietCrowds(voices: readonly Voice[]): Voice[] {
  return voices.map((voice) => {
    const crowd = voices.filter(({ givenAt }) => Math.abs(givenAt.getTime() - voice.givenAt.getTime()) < WEEK_MS);
    return { ...voice, weight: voice.weight * Math.min(1, MOST_A_WEEK / sum(crowd.map(({ weight }) => weight))) };
  });
}

function quietSeasons(voices: readonly Voice[]): Voice[] {
  const all = sum(voices.map(({ weight }) => weight));
  const seasons = voices.map(({ givenAt }) => ({
    begins: givenAt.getTime(),
    weight: sum(voices.filter((other) => isWithinSeason(other, givenAt.getTime())).map(({ weight }) => weight)),
  }));
  return voices.map((voice) => {
    const fullest = Math.max(
      ...seasons.filter(({ begins }) => isWithinSeason(voice, begins)).map(({ weight }) => weight),
    );
    const most = Math.max(MOST_A_SEASON, SEASON_SHARE * (all - fullest));
    return { ...voice, weight: voice.weight * Math.min(1, most / fullest) };
  });
}

const isWithinSeason = ({ givenAt }: Voice, begins: number): boolean =>
  givenAt.getTime() >= begins && givenAt.getTime() < begins + SEASON_DAYS * DAY_MS;

function decay({ givenAt }: Voice, now: Date): number {
  const days = Math.max(0, now.getTime() - givenAt.getTime()) / DAY_MS;
  return 0.5 ** (days / HALF_LIFE_DAYS);
}

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;

const clamp = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
