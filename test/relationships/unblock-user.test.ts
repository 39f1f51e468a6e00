import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { findAnnounced } from '../helpers/events.ts';

const { nobody, signUp, db } = await startApp();

test('a block can be ended, twice too, and what it ended stays ended', async () => {
  const [alice, bob] = [await signUp('alice'), await signUp('bob')];
  const params = { userId: bob.userId };
  await alice.call('blockUser', { params });
  expect((await alice.call('unblockUser', { params })).status).toBe(204);
  expect((await alice.call('unblockUser', { params })).status).toBe(204);
  expect((await alice.call('getUser', { params })).status).toBe(200);
  expect(await findAnnounced(db, 'relationships.person_unblocked')).toEqual([
    { accountId: alice.userId, otherId: bob.userId },
  ]);
});

test('nobody ends the block of another', async () => {
  const [carol, dave] = [await signUp('carol'), await signUp('dave')];
  await carol.call('blockUser', { params: { userId: dave.userId } });
  expect((await dave.call('unblockUser', { params: { userId: carol.userId } })).status).toBe(204);
  expect((await dave.call('getUser', { params: { userId: carol.userId } })).status).toBe(404);
});

test('refuses a bad shape and strangers', async () => {
  const erin = await signUp('erin');
  expect((await erin.call('unblockUser', { params: { userId: 'bob' } })).status).toBe(400);
  expect((await nobody.call('unblockUser', { params: { userId: erin.userId } })).status).toBe(401);
});
