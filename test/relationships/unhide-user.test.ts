import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';

const { nobody, signUp, db, app } = await startApp();

test('brings a person back into the search; twice is fine', async () => {
  const [alice, bob] = [await signUp('alice'), await signUp('bob')];
  const params = { userId: bob.userId };
  await alice.call('hideUser', { params });
  expect((await alice.call('unhideUser', { params })).status).toBe(204);
  expect((await alice.call('unhideUser', { params })).status).toBe(204);
  expect(await app.relationships.findKeptApart(db.read, alice.userId)).toEqual([]);
});

test('refuses a bad shape and strangers', async () => {
  const carol = await signUp('carol');
  expect((await carol.call('unhideUser', { params: { userId: 'bob' } })).status).toBe(400);
  expect((await nobody.call('unhideUser', { params: { userId: carol.userId } })).status).toBe(401);
});
