import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ratingMean } from '../../src/modules/ratings/rating-mean.ts';
import { startApp } from '../helpers/app.ts';
import { makeTeammates, talk } from '../helpers/teammates.ts';

const { signUp, db, clock, app } = await startApp();
const DAY = 86_400;

const people = await Promise.all(['alice', 'bob', 'carol', 'dave'].map((username) => signUp(username)));
for (const [i, one] of people.entries()) {
  for (const other of people.slice(i + 1)) {
    await makeTeammates(one, other);
    await talk(one, other);
  }
}

const anyPair = fc
  .tuple(fc.nat({ max: people.length - 1 }), fc.nat({ max: people.length - 1 }))
  .filter(([rater, rated]) => rater !== rated);
const anyStep = fc.oneof(
  fc.record({ kind: fc.constant('rate' as const), pair: anyPair, stars: fc.integer({ min: 1, max: 5 }) }),
  fc.record({ kind: fc.constant('unrate' as const), pair: anyPair }),
  fc.record({ kind: fc.constant('remove' as const), pair: anyPair }),
  fc.record({ kind: fc.constant('week' as const) }),
);

const findMeans = () =>
  db.read.selectFrom('profiles').select(['account_id', 'rating_mean', 'rating_count']).orderBy('account_id').execute();

test('counting change by change gives what counting everything anew gives', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { minLength: 3, maxLength: 12 }), async (steps) => {
      await db.statement.deleteFrom('ratings').execute();
      clock.advance(2 * DAY);
      for (const step of steps) await take(step);
      const stepwise = await findMeans();
      await app.ratings.recountAll();
      expect(await findMeans()).toEqual(stepwise);
    }),
    { numRuns: 10 },
  );
}, 60_000);

async function take(step: typeof anyStep extends fc.Arbitrary<infer T> ? T : never): Promise<void> {
  if (step.kind === 'week') {
    clock.advance(7 * DAY);
    await app.ratings.countRevealed();
    const counts = (await findMeans()).map(({ rating_count }) => rating_count);
    // Votes fade with the days, so the means move as well; the numbers of votes were right already.
    await app.ratings.recountAll();
    expect((await findMeans()).map(({ rating_count }) => rating_count)).toEqual(counts);
    return;
  }
  const rater = people[step.pair[0]];
  const rated = people[step.pair[1]];
  if (!rater || !rated) throw new Error('no such pair');
  const params = { userId: rated.userId };
  const client = await rater.signInAgain();
  if (step.kind === 'unrate') await client.call('unrateUser', { params });
  if (step.kind === 'rate') {
    const { stars } = step;
    const body = { play: stars, communication: stars, reliability: stars, friendliness: stars };
    const { status } = await client.call('rateUser', { params, body });
    if (status !== 200) throw new Error(`a rating was refused with ${status}`);
  }
  if (step.kind !== 'remove') return;
  const rating = await db.read
    .selectFrom('ratings')
    .select('rating_id')
    .where('rater_id', '=', rater.userId)
    .where('rated_id', '=', rated.userId)
    .executeTakeFirst();
  if (rating) await db.transaction((tx) => app.ratings.removeRating(tx, rating.rating_id));
}

test('what moderators removed is counted and shown no more, and cannot be given anew', async () => {
  await db.statement.deleteFrom('ratings').execute();
  const [alice, bob] = await Promise.all(people.slice(0, 2).map((person) => person.signInAgain()));
  if (!alice || !bob) throw new Error('there are four people');
  const body = { play: 1, communication: 1, reliability: 1, friendliness: 1 };
  const { body: given } = await alice.call('rateUser', { params: { userId: bob.userId }, body });
  await bob.call('rateUser', { params: { userId: alice.userId }, body });
  const remove = () => db.transaction((tx) => app.ratings.removeRating(tx, String(given.ratingId)));
  expect(await remove()).toBe(true);
  expect(await remove()).toBe(false);
  await alice.call('unrateUser', { params: { userId: bob.userId } });
  await alice.call('rateUser', { params: { userId: bob.userId }, body });
  expect((await bob.call('listMyRatings')).body.items).toEqual([]);
  expect((await alice.call('getUserRatings', { params: { userId: bob.userId } })).body.count).toBe(0);
});

test('a rater who disagrees with everybody loses weight in the daily recount', async () => {
  await db.statement.deleteFrom('ratings').execute();
  const now = clock.now();
  const crowd = Array.from({ length: 7 }, (_, i) => `00000000-0000-7000-8000-00000000000${i}`);
  await db.transaction((tx) =>
    app.accounts.importAccounts(
      tx,
      crowd.map((accountId, i) => ({
        accountId,
        username: `crowd${i}`,
        ageBand: '18_plus',
        locale: 'en',
        createdAt: new Date(now.getTime() - 200 * DAY * 1_000),
        lastActiveAt: now,
      })),
    ),
  );
  const ratedId = people[0]?.userId ?? '';
  const votes = crowd.map((raterId, i) => ({
    rating_id: raterId.replace(/^0/, '1'),
    rater_id: raterId,
    rated_id: ratedId,
    ...(i === 0
      ? { play: 1, communication: 1, reliability: 1, friendliness: 1 }
      : { play: 5, communication: 5, reliability: 5, friendliness: 5 }),
    tags: [],
    given_at: new Date(now.getTime() - i * 10 * DAY * 1_000),
    updated_at: now,
    revealed_at: now,
  }));
  await db.statement.insertInto('ratings').values(votes).execute();
  await app.ratings.recountAll();
  const agreements = await db.read.selectFrom('rater_agreements').selectAll().orderBy('account_id').execute();
  expect(agreements.map(({ agreement }) => agreement)).toEqual([0, 1, 1, 1, 1, 1, 1]);
  const means = await findMeans();
  const mean = means.find(({ account_id }) => account_id === ratedId)?.rating_mean;
  const withoutTheOutlier = ratingMean(
    votes.slice(1).map((vote) => ({ score: 5, raterWeight: 0.5, givenAt: vote.given_at })),
    now,
  );
  expect(mean).toBeCloseTo(withoutTheOutlier, 4);
});

test('the daily recount runs once a day, whoever calls', async () => {
  const recounted = async () => {
    const row = await db.read.selectFrom('rating_clock').select('recounted_at').executeTakeFirstOrThrow();
    return row.recounted_at;
  };
  await Promise.all([app.ratings.recountDaily(), app.ratings.recountDaily()]);
  const first = await recounted();
  expect(first).toEqual(clock.now());
  clock.advance(DAY - 1);
  await app.ratings.recountDaily();
  expect(await recounted()).toEqual(first);
  clock.advance(1);
  await app.ratings.recountDaily();
  expect(await recounted()).toEqual(clock.now());
});
