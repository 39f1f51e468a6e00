import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { findAnnounced } from '../helpers/events.ts';
import { makeTeammates, talk } from '../helpers/teammates.ts';

const { nobody, signUp, db, clock } = await startApp();

test('takes back what was given; twice is fine, and nobody takes back for another', async () => {
  const [alice, bob] = [await signUp('alice'), await signUp('bob')];
  await makeTeammates(alice, bob);
  await talk(alice, bob);
  clock.advance(86_400);
  const [one, other] = [await alice.signInAgain(), await bob.signInAgain()];
  const stars = { play: 5, communication: 5, reliability: 5, friendliness: 5 };
  await one.call('rateUser', { params: { userId: bob.userId }, body: stars });
  await other.call('rateUser', { params: { userId: alice.userId }, body: stars });

  expect((await one.call('unrateUser', { params: { userId: alice.userId } })).status).toBe(204);
  expect((await one.call('listMyRatings')).body.items).toHaveLength(1);
  const before = await findAnnounced(db, 'ratings.rating_changed');
  expect((await one.call('unrateUser', { params: { userId: bob.userId } })).status).toBe(204);
  expect((await one.call('unrateUser', { params: { userId: bob.userId } })).status).toBe(204);
  expect((await other.call('listMyRatings')).body.items).toEqual([]);
  expect((await findAnnounced(db, 'ratings.rating_changed')).slice(before.length)).toEqual([
    { raterId: alice.userId, ratedId: bob.userId },
  ]);
});

test('refuses a bad shape and strangers', async () => {
  const carol = await signUp('carol');
  expect((await carol.call('unrateUser', { params: { userId: 'bob' } })).status).toBe(400);
  expect((await nobody.call('unrateUser', { params: { userId: carol.userId } })).status).toBe(401);
});
