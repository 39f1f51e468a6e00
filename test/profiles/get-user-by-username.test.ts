import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';

const { nobody, signUp, db } = await startApp();
const alice = await signUp('alice');
const bob = await signUp('Bob');

test('finds the card in any case', async () => {
  const byName = await alice.call('getUserByUsername', { params: { username: 'bOB' } });
  const byId = await alice.call('getUser', { params: { userId: bob.userId } });
  expect(byName).toMatchObject({ status: 200, body: byId.body });
});

test('unknown and banned people are the same nobody', async () => {
  const unknown = await alice.call('getUserByUsername', { params: { username: 'nobody' } });
  expect(unknown).toMatchObject({ status: 404, body: { code: 'user_not_found' } });
  const carol = await signUp('carol');
  await db.statement.updateTable('accounts').set({ state: 'banned' }).where('account_id', '=', carol.userId).execute();
  const { body } = await alice.call('getUserByUsername', { params: { username: 'carol' } });
  expect({ ...body, instance: '' }).toEqual({ ...unknown.body, instance: '' });
});

test('refuses a bad shape and strangers', async () => {
  expect((await alice.call('getUserByUsername', { params: { username: 'x'.repeat(25) } })).status).toBe(400);
  expect((await nobody.call('getUserByUsername', { params: { username: 'bob' } })).status).toBe(401);
});
