/**
 * What attacks on a rating achieve, by simulation on the very formula: `node bench/rating-attacks.ts`. Prints one line a
 * scenario and writes them down: by how many stars the rating moves, over RUNS random fair players, and whether that is within the
 * goal. The same seeds give the same figures on every machine. docs/decisions/0028-rating-bounds.md says what the goal gives up.
 */
import { writeFile } from 'node:fs/promises';
import { agreementOf, type Rater, raterWeight } from '../src/modules/ratings/rater-weight.ts';
import { ratingMean, type Vote } from '../src/modules/ratings/rating-mean.ts';
import { describeMachine } from './machine.ts';
import { createRandom } from './random.ts';

const RUNS = 1_000;
const DAY_MS = 86_400_000;
const NOW = new Date('2027-01-01T00:00:00Z');

/** Stars that no attack should move a rating by. */
const GOAL = 0.2;
const PARTY_GOAL = 0.1;

/** `isGivenUp`: the goal is missed for some, and that is accepted. */
export type Scenario = { name: string; before: number; after: number; goal?: number; isGivenUp: boolean };

const old: Rater = { createdAt: daysAgo(400), isEmailVerified: true };
const fresh: Rater = { createdAt: daysAgo(2), isEmailVerified: false };

export function simulateAttacks(seed: number): Scenario[] {
  const random = createRandom(seed);
  const fair = (count: number): Vote[] =>
    Array.from({ length: count }, () => ({
      score: 3.5 + Math.round(random() * 6) / 4, // 3.5 to 5, 4.25 in the middle
      raterWeight: raterWeight({ createdAt: daysAgo(30 + random() * 400), isEmailVerified: random() < 0.7 }, NOW),
      givenAt: daysAgo(random() * 365),
    }));
  const attack = (count: number, rater: Rater, overDays: number): Vote[] =>
    Array.from({ length: count }, (_, i) => ({
      score: 1,
      raterWeight: raterWeight(rater, NOW),
      givenAt: daysAgo((overDays * i) / count),
    }));
  const scenario = (name: string, honest: readonly Vote[], votes: readonly Vote[], goal?: number): Scenario => ({
    name,
    before: ratingMean(honest, NOW),
    after: ratingMean([...honest, ...votes], NOW),
    isGivenUp: false,
    ...(goal !== undefined && { goal }),
  });
  const givenUp = (name: string, honest: readonly Vote[], votes: readonly Vote[]): Scenario => ({
    ...scenario(name, honest, votes, GOAL),
    isGivenUp: true,
  });

  const [ten, thirty, hundred] = [fair(10), fair(30), fair(100)];
  const party = attack(5, old, 0).map((vote) => ({ ...vote, partyId: 'party' }));
  // Their only votes are these, so the daily count finds them three stars away from the median of the others.
  const strangersToTruth = { ...old, agreement: agreementOf([{ score: 1, othersMedian: 4.25 }]) };
  const patient = { ...old, agreement: agreementOf([...agreeing(9), { score: 1, othersMedian: 4.25 }]) };
  return [
    scenario('20 fresh accounts in a day, 10 fair votes', ten, attack(20, fresh, 1), GOAL),
    scenario('20 fresh accounts in a day, 30 fair votes', thirty, attack(20, fresh, 1), GOAL),
    scenario('20 old verified accounts in a week, 10 fair votes', ten, attack(20, old, 6), GOAL),
    scenario('20 old verified accounts in a week, 100 fair votes', hundred, attack(20, old, 6), GOAL),
    scenario('20 old verified accounts in a week, 30 fair votes', thirty, attack(20, old, 6), GOAL),
    scenario(
      '20 old accounts over ten weeks that rate nobody else, 30 fair votes',
      thirty,
      attack(20, strangersToTruth, 70),
      GOAL,
    ),
    scenario('one party of five, 10 fair votes', ten, party, PARTY_GOAL),
    scenario('one party of five, 100 fair votes', hundred, party, PARTY_GOAL),
    scenario('one party of five, 30 fair votes', thirty, party, PARTY_GOAL),
    scenario(
      '20 old accounts over ten weeks, each with nine fair votes elsewhere, 30 fair votes',
      thirty,
      attack(20, patient, 70),
      GOAL,
    ),
    scenario('the same, 100 fair votes', hundred, attack(20, patient, 70), GOAL),
    scenario('the same, a quarter ago', thirty, longAgo(attack(20, patient, 70)), GOAL),
    // As far as a vote pulls, and not so far that anybody would notice.
    scenario(
      'the same with three stars each, 30 fair votes',
      thirty,
      attack(20, patient, 70).map((vote) => ({ ...vote, score: 3 })),
      GOAL,
    ),
    givenUp('the same, 10 fair votes', ten, attack(20, patient, 70)),
    givenUp('the same over 20 weeks, 30 fair votes', thirty, attack(20, patient, 140)),
    givenUp('the same over a year, 30 fair votes', thirty, attack(20, patient, 365)),
    scenario('praise: 20 fresh accounts give five stars to somebody unrated', [], attack(20, fresh, 1).map(praise)),
    scenario('praise: one party of five gives five stars to somebody unrated', [], party.map(praise)),
  ];
}

const agreeing = (count: number) => Array.from({ length: count }, () => ({ score: 4, othersMedian: 4.25 }));

const longAgo = (votes: readonly Vote[]): Vote[] =>
  votes.map((vote) => ({ ...vote, givenAt: new Date(vote.givenAt.getTime() - 90 * DAY_MS) }));

const praise = (vote: Vote): Vote => ({ ...vote, score: 5 });

function daysAgo(days: number): Date {
  return new Date(NOW.getTime() - days * DAY_MS);
}

/** How fair players are shown, and how often the one who is better by half a star stands above the other; 0.5 is chance. */
export function tellApart(seeds: number, votes: number, overDays: number): { share: number; shown: number } {
  const ratingsOf = (stars: number, first: number) =>
    Array.from({ length: seeds }, (_, seed) => {
      const random = createRandom(first + seed);
      const given = Array.from({ length: votes }, () => ({
        score: Math.min(5, Math.max(1, stars - 0.75 + Math.round(random() * 6) / 4)),
        raterWeight: raterWeight({ createdAt: daysAgo(30 + random() * 400), isEmailVerified: random() < 0.7 }, NOW),
        givenAt: daysAgo(random() * overDays),
      }));
      return ratingMean(given, NOW);
    });
  const [better, worse] = [ratingsOf(4.25, 1), ratingsOf(3.75, 1 + seeds)];
  const wins = better.flatMap((one) => worse.map((other): number => (one > other ? 1 : 0)));
  return { share: meanOf(wins), shown: meanOf(better) };
}

const meanOf = (values: readonly number[]): number => values.reduce((total, one) => total + one, 0) / values.length;

if (import.meta.main) {
  const runs = Array.from({ length: RUNS }, (_, seed) => simulateAttacks(seed));
  const attacks = (runs[0] ?? []).map(({ name, goal }, i) => {
    const moves = runs.map((run) => Math.abs((run[i]?.after ?? 0) - (run[i]?.before ?? 0))).toSorted((a, b) => a - b);
    const [median, most] = [round(moves[RUNS / 2] ?? 0), round(moves.at(-1) ?? 0)];
    return { attack: name, median, most, ...(goal !== undefined && { goal, isWithinGoal: most < goal }) };
  });
  for (const { attack, median, most, goal, isWithinGoal } of attacks) {
    const verdict = goal === undefined ? '' : `${isWithinGoal ? 'below' : 'NOT below'} ${goal}`;
    console.log(`median ${median.toFixed(3)}  most ${most.toFixed(3)}  ${verdict.padEnd(14)} ${attack}`);
  }
  const fairPlayers = (
    [
      [5, 30],
      [10, 365],
      [30, 60],
      [30, 365],
      [100, 365],
    ] as const
  ).map(([votes, overDays]) => {
    const { share, shown } = tellApart(200, votes, overDays);
    return { votes, overDays, shownFor425: round(shown), halfAStarApartInOrder: round(share) };
  });
  for (const { votes, overDays, shownFor425, halfAStarApartInOrder } of fairPlayers) {
    const shown = `4.25 is shown as ${shownFor425.toFixed(2)}`;
    console.log(
      `${votes} votes in ${overDays} days: ${shown}; half a star apart: ${halfAStarApartInOrder} in the right order`,
    );
  }
  const result = { machine: describeMachine(), runs: RUNS, attacks, fairPlayers };
  await writeFile(new URL('results/rating-attacks.json', import.meta.url), `${JSON.stringify(result, null, 2)}\n`);
}

function round(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
