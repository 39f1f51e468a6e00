import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { simulateAttacks } from '../../bench/rating-attacks.ts';
import { agreementOf, raterWeight } from '../../src/modules/ratings/rater-weight.ts';
import { ratingMean, type Vote } from '../../src/modules/ratings/rating-mean.ts';

const now = new Date('2027-01-01T00:00:00Z');
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);

const anyVote: fc.Arbitrary<Vote> = fc.record(
  {
    score: fc.integer({ min: 4, max: 20 }).map((quarters) => quarters / 4),
    raterWeight: fc.double({ min: 0.01, max: 1, noNaN: true }),
    givenAt: fc.integer({ min: 0, max: 800 }).map(daysAgo),
    partyId: fc.constantFrom('red', 'blue'),
  },
  { requiredKeys: ['score', 'raterWeight', 'givenAt'] },
);
const anyVotes = fc.array(anyVote, { maxLength: 30 });

describe('the mean', () => {
  test('is the prior without votes, and lies between the prior and the votes', () => {
    expect(ratingMean([], now)).toBeCloseTo(3.5, 6);
    fc.assert(
      fc.property(anyVotes, (votes) => {
        const scores = [3.5, ...votes.map(({ score }) => score)];
        const mean = ratingMean(votes, now);
        expect(mean).toBeGreaterThanOrEqual(Math.min(...scores) - 1e-9);
        expect(mean).toBeLessThanOrEqual(Math.max(...scores) + 1e-9);
      }),
    );
  });

  test('does not depend on the order of the votes', () => {
    fc.assert(
      fc.property(anyVotes, fc.infiniteStream(fc.nat()), (votes, keys) => {
        const shuffled = votes.map((vote) => ({ vote, key: keys.next().value })).toSorted((a, b) => a.key - b.key);
        expect(
          ratingMean(
            shuffled.map(({ vote }) => vote),
            now,
          ),
        ).toBeCloseTo(ratingMean(votes, now), 9);
      }),
    );
  });

  test('never falls when a vote gives more stars', () => {
    fc.assert(
      fc.property(anyVotes, anyVote, (votes, vote) => {
        const better = { ...vote, score: Math.min(5, vote.score + 0.5) };
        expect(ratingMean([...votes, better], now)).toBeGreaterThanOrEqual(ratingMean([...votes, vote], now) - 1e-9);
      }),
    );
  });

  test('a party is one voice: five that say the same are as loud as one', () => {
    fc.assert(
      fc.property(anyVote, fc.integer({ min: 1, max: 8 }), (vote, size) => {
        const member = { ...vote, partyId: 'red' };
        expect(
          ratingMean(
            Array.from({ length: size }, () => member),
            now,
          ),
        ).toBeCloseTo(ratingMean([member], now), 9);
      }),
    );
  });

  test('old votes fade towards the prior', () => {
    const mean = (days: number) => ratingMean([{ score: 5, raterWeight: 1, givenAt: daysAgo(days) }], now);
    expect(mean(0)).toBeGreaterThan(mean(365));
    expect(mean(365) - 3.5).toBeCloseTo((mean(0) - 3.5) / 2, 6);
  });

  test('fifty good votes over a year say more than two', () => {
    const five = (count: number) =>
      ratingMean(
        Array.from({ length: count }, (_, i) => ({ score: 5, raterWeight: 1, givenAt: daysAgo((365 / count) * i) })),
        now,
      );
    expect(five(50)).toBeGreaterThan(4.3);
    expect(five(2)).toBeLessThan(3.7);
  });
});

test('attacks stay within the goal, whoever the fair player is; those that are given up do not', () => {
  const missed = new Set<string>();
  for (let seed = 0; seed < 100; seed += 1) {
    const aimed = simulateAttacks(seed).filter(({ goal }) => goal !== undefined);
    expect(aimed.filter(({ isGivenUp }) => !isGivenUp).length).toBeGreaterThan(5);
    for (const { name, before, after, goal = 0, isGivenUp } of aimed) {
      const move = Math.abs(after - before);
      if (!isGivenUp) expect(move, `${name}, seed ${seed}`).toBeLessThan(goal);
      else if (move >= goal) missed.add(name);
    }
  }
  expect(missed.size).toBe(simulateAttacks(0).filter(({ isGivenUp }) => isGivenUp).length);
});

describe('the worth of a rater', () => {
  const old = { createdAt: daysAgo(100), isEmailVerified: true };

  test('grows with age and a verified address up to one', () => {
    expect(raterWeight(old, now)).toBe(1);
    expect(raterWeight({ ...old, isEmailVerified: false }, now)).toBe(0.5);
    expect(raterWeight({ ...old, createdAt: now }, now)).toBeCloseTo(0.1, 9);
    expect(raterWeight({ ...old, createdAt: daysAgo(45) }, now)).toBeCloseTo(0.55, 9);
  });

  test('falls with disagreement and never rises with the number of votes', () => {
    expect(agreementOf([])).toBeUndefined();
    expect(agreementOf([{ score: 4, othersMedian: 5 }])).toBe(1);
    expect(agreementOf([{ score: 1, othersMedian: 4 }])).toBe(0);
    expect(agreementOf([{ score: 2.5, othersMedian: 4.5 }])).toBeCloseTo(0.5, 9);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), (count) => {
        const votes = Array.from({ length: count }, () => ({ score: 4, othersMedian: 4 }));
        expect(raterWeight({ ...old, agreement: agreementOf(votes) }, now)).toBe(raterWeight(old, now));
      }),
    );
  });
});
