import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';

const { nobody, signUp, db, app } = await startApp();

test('a hidden person stays visible everywhere but in the search, for both', async () => {
  const [alice, bob] = [await signUp('alice'), await signUp('bob')];
  const params = { userId: bob.userId };
  expect((await alice.call('hideUser', { params })).status).toBe(204);
  expect((await alice.call('hideUser', { params })).status).toBe(204);
  expect(await app.relationships.findKeptApart(db.read, alice.userId)).toEqual([bob.userId]);
  expect(await app.relationships.findKeptApart(db.read, bob.userId)).toEqual([alice.userId]);
  expect((await alice.call('getUser', { params })).status).toBe(200);
  expect((await bob.call('getUser', { params: { userId: alice.userId } })).status).toBe(200);
});

test('refuses oneself, people who never were, and strangers', async () => {
  const carol = await signUp('carol');
  const hide = (userId: string) => carol.call('hideUser', { params: { userId } });
  expect((await hide(carol.userId)).status).toBe(400);
  expect((await hide('carol')).status).toBe(400);
  const unknown = await hide('00000000-0000-7000-8000-000000000000');
  expect(unknown).toMatchObject({ status: 404, body: { code: 'user_not_found' } });
  expect((await nobody.call('hideUser', { params: { userId: carol.userId } })).status).toBe(401);
});
