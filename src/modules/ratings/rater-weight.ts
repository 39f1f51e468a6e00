/**
 * What the vote of a rater is worth, 0..1: it grows with the age of the account and a verified address, and falls with
 * disagreement. The number of votes that somebody gives does not raise it.
 */
export function raterWeight({ createdAt, isEmailVerified, agreement }: Rater, now: Date): number {
  const days = (now.getTime() - createdAt.getTime()) / DAY_MS;
  const age = LEAST_AGE + (1 - LEAST_AGE) * Math.min(1, Math.max(0, days) / FULL_AGE_DAYS);
  return age * (isEmailVerified ? 1 : UNVERIFIED) * (agreement ?? 1);
}

export type Rater = {
  createdAt: Date;
  isEmailVerified: boolean;
  /** 0..1; absent when there is nothing to compare. */
  agreement?: number | undefined;
};

/** A vote of a rater beside what the others think of the same person: the median of at least LEAST_OTHERS votes. */
export type Compared = { score: number; othersMedian: number };

/**
 * How far a rater agrees with others, 0..1: the mean over the compared votes, each 1 within a star of the others, falling
 * to 0 at three stars. Nothing when no vote can be compared.
 */
export function agreementOf(votes: readonly Compared[]): number | undefined {
  if (votes.length === 0) return undefined;
  const each = votes.map(
    ({ score, othersMedian }) => 1 - Math.min(1, Math.max(0, Math.abs(score - othersMedian) - 1) / 2),
  );
  return each.reduce((total, one) => total + one, 0) / votes.length;
}

export const LEAST_OTHERS = 5;

const DAY_MS = 86_400_000;
const FULL_AGE_DAYS = 90;
const LEAST_AGE = 0.1;
const UNVERIFIED = 0.5;
