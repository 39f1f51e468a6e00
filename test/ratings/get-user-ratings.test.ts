import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';

const { nobody, signUp, db, clock } = await startApp();
const [alice, bob] = [await signUp('alice'), await signUp('bob')];
const params = { userId: bob.userId };

async function addVotes(count: number, stars: number, tags: string[]): Promise<void> {
  const now = clock.now();
  for (let i = 0; i < count; i += 1) {
    const rater = await signUp(`rater${stars}${i}`);
    await db.statement
      .insertInto('ratings')
      .values({
        rating_id: crypto.randomUUID(),
        rater_id: rater.userId,
        rated_id: bob.userId,
        play: stars,
        communication: stars,
        reliability: stars,
        friendliness: 1,
        tags,
        given_at: now,
        updated_at: now,
        revealed_at: now,
      })
      .execute();
  }
}

test('below three ratings only their number is told', async () => {
  await addVotes(2, 5, ['calm']);
  expect((await alice.call('getUserRatings', { params })).body).toEqual({ count: 2, tags: [], mayRate: false });
});

test('from three on there are means and tags, the most frequent first', async () => {
  await addVotes(2, 4, ['funny', 'calm']);
  const { status, body } = await alice.call('getUserRatings', { params });
  expect(status).toBe(200);
  expect(body).toMatchObject({
    count: 4,
    tags: [
      { tag: 'calm', count: 4 },
      { tag: 'funny', count: 2 },
    ],
  });
  expect(Number(body.qualities?.play)).toBeGreaterThan(3.5);
  expect(Number(body.qualities?.friendliness)).toBeLessThan(3.5);
  expect(Object.keys(body)).not.toContain('given');
});

test('who was banned has no say any more', async () => {
  await db.statement.updateTable('accounts').set({ state: 'banned' }).where('username', 'like', 'rater4%').execute();
  expect((await alice.call('getUserRatings', { params })).body).toMatchObject({ count: 2, tags: [] });
});

test('blocked people are not found, strangers are sent to sign in', async () => {
  await bob.call('blockUser', { params: { userId: alice.userId } });
  expect(await alice.call('getUserRatings', { params })).toMatchObject({
    status: 404,
    body: { code: 'user_not_found' },
  });
  expect((await nobody.call('getUserRatings', { params })).status).toBe(401);
  expect((await bob.call('getUserRatings', { params: { userId: 'bob' } })).status).toBe(400);
});
