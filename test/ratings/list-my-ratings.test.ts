import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';

const { nobody, signUp, db, clock } = await startApp();
const alice = await signUp('alice');

test('shows what may be seen, the latest first, page by page', async () => {
  for (const [i, username] of ['bob', 'carol', 'dave', 'erin'].entries()) {
    const { userId } = await signUp(username);
    const now = clock.now();
    await db.statement
      .insertInto('ratings')
      .values({
        rating_id: `00000000-0000-7000-8000-00000000000${i}`,
        rater_id: userId,
        rated_id: alice.userId,
        play: i + 1,
        communication: 3,
        reliability: 3,
        friendliness: 3,
        tags: [],
        given_at: now,
        updated_at: now,
        revealed_at: username === 'erin' ? new Date(now.getTime() + 1_000) : now,
      })
      .execute();
  }
  const first = await alice.call('listMyRatings', { query: { limit: 2 } });
  expect(first.body.items).toMatchObject([{ play: 3 }, { play: 2 }]);
  const second = await alice.call('listMyRatings', { query: { limit: 2, cursor: String(first.body.nextCursor) } });
  expect(second.body.items).toMatchObject([{ play: 1 }]);
  expect(second.body.nextCursor).toBeUndefined();
});

test('refuses a bad shape and strangers', async () => {
  expect((await alice.call('listMyRatings', { query: { limit: 0 } })).status).toBe(400);
  expect((await nobody.call('listMyRatings')).status).toBe(401);
});
