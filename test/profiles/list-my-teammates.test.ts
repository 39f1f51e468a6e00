import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { makeTeammates } from '../helpers/teammates.ts';

const { nobody, signUp, db, clock } = await startApp();
const alice = await signUp('alice');

test('shows teammates with their cards, the latest first, page by page', async () => {
  for (const username of ['bob', 'carol', 'dave']) {
    await makeTeammates(alice, await signUp(username));
    clock.advance(1);
  }
  const first = await alice.call('listMyTeammates', { query: { limit: 2 } });
  expect(first.body.items).toMatchObject([{ user: { username: 'dave' } }, { user: { username: 'carol' } }]);
  const second = await alice.call('listMyTeammates', { query: { limit: 2, cursor: String(first.body.nextCursor) } });
  expect(second.body.items).toMatchObject([{ user: { username: 'bob' } }]);
  expect(second.body.nextCursor).toBeUndefined();
});

test('a teammate who was banned is not there', async () => {
  await db.statement.updateTable('accounts').set({ state: 'banned' }).where('username', '=', 'dave').execute();
  const { body } = await alice.call('listMyTeammates');
  expect(body.items).toMatchObject([{ user: { username: 'carol' } }, { user: { username: 'bob' } }]);
});

test('refuses a bad shape and strangers', async () => {
  expect((await alice.call('listMyTeammates', { query: { limit: 0 } })).status).toBe(400);
  expect((await nobody.call('listMyTeammates')).status).toBe(401);
});
