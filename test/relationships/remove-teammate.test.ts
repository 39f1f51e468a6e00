import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { findAnnounced } from '../helpers/events.ts';
import { makeTeammates } from '../helpers/teammates.ts';

const { nobody, signUp, db } = await startApp();

test('the two are strangers again; twice is fine', async () => {
  const [alice, bob] = [await signUp('alice'), await signUp('bob')];
  await makeTeammates(alice, bob);
  const params = { userId: bob.userId };
  expect((await alice.call('removeTeammate', { params })).status).toBe(204);
  expect((await alice.call('removeTeammate', { params })).status).toBe(204);
  expect((await bob.call('listMyTeammates')).body.items).toEqual([]);
  expect(await findAnnounced(db, 'relationships.teammates_parted')).toEqual([
    { accountId: alice.userId, otherId: bob.userId },
  ]);
});

test('nobody parts two others', async () => {
  const [carol, dave, erin] = [await signUp('carol'), await signUp('dave'), await signUp('erin')];
  await makeTeammates(carol, dave);
  expect((await erin.call('removeTeammate', { params: { userId: dave.userId } })).status).toBe(204);
  expect((await carol.call('listMyTeammates')).body.items).toHaveLength(1);
});

test('refuses a bad shape and strangers', async () => {
  const frank = await signUp('frank');
  expect((await frank.call('removeTeammate', { params: { userId: 'bob' } })).status).toBe(400);
  expect((await nobody.call('removeTeammate', { params: { userId: frank.userId } })).status).toBe(401);
});
