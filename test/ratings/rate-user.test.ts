import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { type Person, startApp } from '../helpers/app.ts';
import { findAnnounced } from '../helpers/events.ts';
import { makeTeammates, talk } from '../helpers/teammates.ts';

const { nobody, signUp, db, clock, app } = await startApp();
const DAY = 86_400;
const fine = { play: 4, communication: 5, reliability: 4, friendliness: 5 };

const rate = (from: Person, to: { userId: string }, body: object = fine) =>
  from.call('rateUser', { params: { userId: to.userId }, body });

/** Two people who have played together for a day: what a rating needs. */
async function play(...usernames: [string, string]): Promise<[Person, Person]> {
  const [one, other] = [await signUp(usernames[0]), await signUp(usernames[1])];
  await makeTeammates(one, other);
  await talk(one, other);
  clock.advance(DAY);
  return [await one.signInAgain(), await other.signInAgain()];
}

test('a rating stays hidden until both gave theirs', async () => {
  const [alice, bob] = await play('alice', 'bob');
  const given = await rate(alice, bob, { ...fine, tags: ['calm', 'calm', 'on_time'] });
  expect(given).toMatchObject({ status: 200, body: { ...fine, tags: ['calm', 'on_time'], isRevealed: false } });
  expect((await bob.call('listMyRatings')).body.items).toEqual([]);
  expect((await alice.call('getUserRatings', { params: { userId: bob.userId } })).body).toMatchObject({
    count: 0,
    given: { isRevealed: false },
    mayRate: true,
  });

  expect((await rate(bob, alice)).body.isRevealed).toBe(true);
  expect((await bob.call('listMyRatings')).body.items).toMatchObject([{ fromUserId: alice.userId, ...fine }]);
  expect((await alice.call('listMyRatings')).body.items).toMatchObject([{ fromUserId: bob.userId }]);
  expect((await alice.call('getUserRatings', { params: { userId: bob.userId } })).body.count).toBe(1);
  expect(await findAnnounced(db, 'ratings.rating_changed')).toEqual([
    { raterId: alice.userId, ratedId: bob.userId },
    { raterId: bob.userId, ratedId: alice.userId },
  ]);
});

test('or until seven days have passed, and is counted then', async () => {
  const [carol, dave] = await play('carol', 'dave');
  await rate(carol, dave);
  clock.advance(7 * DAY);
  const later = await dave.signInAgain();
  expect((await later.call('listMyRatings')).body.items).toMatchObject([{ fromUserId: carol.userId }]);
  await app.ratings.countRevealed();
  const [profile] = await db.read
    .selectFrom('profiles')
    .select(['rating_count', 'rating_mean'])
    .where('account_id', '=', dave.userId)
    .execute();
  expect(profile?.rating_count).toBe(1);
  expect(profile?.rating_mean).toBeGreaterThan(3.5);
});

test('a rating that meets a block under way waits for it, and is refused', async () => {
  const [oscar, peggy] = await play('oscar', 'peggy');
  let answer: ReturnType<typeof rate> | undefined;
  await db.transaction(async (tx) => {
    await app.relationships.lockPair(tx, peggy.userId, oscar.userId);
    const block = { account_id: peggy.userId, blocked_id: oscar.userId, created_at: clock.now() };
    await tx.insertInto('blocks').values(block).execute();
    answer = rate(oscar, peggy);
    await expect.poll(async () => (await findWaiting()).length, { timeout: 5_000 }).toBe(1);
  });
  expect(await answer).toMatchObject({ status: 404, body: { code: 'user_not_found' } });
  expect(await db.read.selectFrom('ratings').selectAll().where('rater_id', '=', oscar.userId).execute()).toEqual([]);
});

/** Statements that wait for the lock of a pair at this moment. */
async function findWaiting() {
  const { rows } = await sql`
    select from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock' and query like '%pg_advisory_xact_lock%'`.execute(
    db.read,
  );
  return rows;
}

test('one rating for each person: a second one changes the first', async () => {
  const [erin, frank] = await play('erin', 'frank');
  const first = await rate(erin, frank);
  const second = await rate(erin, frank, { ...fine, play: 1, tags: ['late'] });
  expect(second.body).toMatchObject({ ratingId: first.body.ratingId, play: 1, tags: ['late'] });
});

test('needs a day as teammates who wrote to each other; a month after parting is too late', async () => {
  const [grace, heidi] = [await signUp('grace'), await signUp('heidi')];
  const refused = { status: 403, body: { code: 'not_played_together' } };
  expect(await rate(grace, heidi)).toMatchObject(refused);
  await makeTeammates(grace, heidi);
  clock.advance(DAY);
  const [one, other] = [await grace.signInAgain(), await heidi.signInAgain()];
  expect(await rate(one, other)).toMatchObject(refused);
  await talk(one, other);
  await one.call('removeTeammate', { params: { userId: other.userId } });
  expect(await rate(one, other)).toMatchObject({ status: 200 });
  clock.advance(31 * DAY);
  expect(await rate(await grace.signInAgain(), heidi)).toMatchObject(refused);
});

test('teammates of less than a day cannot rate', async () => {
  const [ivan, judy] = [await signUp('ivan'), await signUp('judy')];
  await makeTeammates(ivan, judy);
  await talk(ivan, judy);
  clock.advance(DAY - 60);
  expect((await rate(await ivan.signInAgain(), judy)).status).toBe(403);
});

test('blocked, banned and unknown people are the same nobody', async () => {
  const [kate, liam] = await play('kate', 'liam');
  const unknown = await rate(kate, { userId: '00000000-0000-7000-8000-000000000000' });
  expect(unknown).toMatchObject({ status: 404, body: { code: 'user_not_found' } });
  await liam.call('blockUser', { params: { userId: kate.userId } });
  const blocked = await rate(kate, liam);
  expect({ ...blocked.body, instance: '' }).toEqual({ ...unknown.body, instance: '' });
});

test.each([
  [{ ...fine, play: 0 }, '/body/play'],
  [{ ...fine, play: 4.5 }, '/body/play'],
  [{ play: 5, communication: 5, reliability: 5 }, '/body/friendliness'],
  [{ ...fine, tags: ['smelly'] }, '/body/tags/0'],
  [{ ...fine, weight: 100 }, '/body/weight'],
])('refuses %j', async (body, path) => {
  const mia = await signUp(`mia${path.length}${JSON.stringify(body).length}`);
  expect(await rate(mia, { userId: '00000000-0000-7000-8000-000000000000' }, body)).toMatchObject({
    status: 400,
    body: { errors: [{ path }] },
  });
});

test('nobody rates himself, and strangers are sent to sign in', async () => {
  const nina = await signUp('nina');
  expect(await rate(nina, nina)).toMatchObject({ status: 400 });
  expect((await nobody.call('rateUser', { params: { userId: nina.userId }, body: fine })).status).toBe(401);
});

test('ratings that come at the same moment are all counted', async () => {
  const star = await signUp('star');
  const fans = await Promise.all(Array.from({ length: 5 }, (_, i) => signUp(`fan${i}`)));
  for (const fan of fans) {
    await makeTeammates(star, fan);
    await talk(star, fan);
  }
  clock.advance(DAY);
  const ready = await Promise.all(fans.map((fan) => fan.signInAgain()));
  const again = await star.signInAgain();
  for (const fan of fans) await rate(again, fan);
  const answers = await Promise.all(ready.map((fan) => rate(fan, star)));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  const { body } = await again.call('getUser', { params: { userId: star.userId } });
  expect(body.rating).toMatchObject({ count: 5 });
});
