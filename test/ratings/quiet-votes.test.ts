import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  MOST_A_SEASON,
  MOST_A_WEEK,
  quietCrowds,
  quietSeasons,
  SEASON_DAYS,
  SEASON_SHARE,
  type Timed,
} from '../../src/modules/ratings/quiet-votes.ts';

const DAY_MS = 86_400_000;
const voice: fc.Arbitrary<Timed> = fc.record({
  weight: fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true })),
  // Quarters of days meet the edges of weeks and seasons, and each other; single milliseconds stand beside them.
  atMs: fc
    .tuple(fc.integer({ min: 0, max: 1_200 }), fc.integer({ min: -1, max: 1 }))
    .map(([quarters, ms]) => (quarters * DAY_MS) / 4 + ms),
});
const voices = fc
  .oneof(fc.array(voice, { maxLength: 12 }), fc.array(voice, { minLength: 40, maxLength: 120 }))
  .map((some) => some.toSorted((a, b) => a.atMs - b.atMs));

const sum = (some: readonly Timed[]) => some.reduce((total, { weight }) => total + weight, 0);

/** Straight from the sentence that each stands for, every voice against every other. */
function quietCrowdsByDefinition(all: readonly Timed[]): number[] {
  return all.map(({ weight, atMs }) => {
    const crowd = all.filter((other) => Math.abs(other.atMs - atMs) < 7 * DAY_MS);
    return weight * Math.min(1, MOST_A_WEEK / sum(crowd));
  });
}

function quietSeasonsByDefinition(all: readonly Timed[]): number[] {
  const isWithin = ({ atMs }: Timed, begins: number) => atMs >= begins && atMs < begins + SEASON_DAYS * DAY_MS;
  const seasons = all.map(({ atMs }) => ({ begins: atMs, weight: sum(all.filter((other) => isWithin(other, atMs))) }));
  return all.map((one) => {
    const fullest = Math.max(...seasons.filter(({ begins }) => isWithin(one, begins)).map(({ weight }) => weight));
    const most = Math.max(MOST_A_SEASON, SEASON_SHARE * (sum(all) - fullest));
    return one.weight * Math.min(1, most / fullest);
  });
}

test.each([
  { name: 'crowds', quick: quietCrowds, plain: quietCrowdsByDefinition },
  { name: 'seasons', quick: quietSeasons, plain: quietSeasonsByDefinition },
])('$name are as quiet as their definition says', ({ quick, plain }) => {
  fc.assert(
    fc.property(voices, (all) => {
      const weights = quick(all).map(({ weight }) => weight);
      const expected = plain(all);
      expect(weights).toHaveLength(expected.length);
      for (const [i, weight] of weights.entries()) expect(weight).toBeCloseTo(expected[i] ?? Number.NaN, 9);
    }),
    { numRuns: 300 },
  );
});
