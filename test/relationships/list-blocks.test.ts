import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';

const { nobody, signUp, db, clock } = await startApp();

test('shows blocked people by their present names, the latest first, page by page', async () => {
  const alice = await signUp('alice');
  for (const username of ['bob', 'carol', 'dave']) {
    const { userId } = await signUp(username);
    await alice.call('blockUser', { params: { userId } });
    clock.advance(1);
  }
  await db.statement.updateTable('accounts').set({ username: 'robert' }).where('username', '=', 'bob').execute();
  const first = await alice.call('listBlocks', { query: { limit: 2 } });
  expect(first.body.items).toMatchObject([{ username: 'dave' }, { username: 'carol' }]);
  const second = await alice.call('listBlocks', { query: { limit: 2, cursor: String(first.body.nextCursor) } });
  expect(second.body.items).toMatchObject([{ username: 'robert' }]);
  expect(second.body.nextCursor).toBeUndefined();
});

test('a cursor is good for its owner only', async () => {
  const [erin, frank] = [await signUp('erin'), await signUp('frank')];
  for (const username of ['grace', 'heidi']) {
    const { userId } = await signUp(username);
    await erin.call('blockUser', { params: { userId } });
  }
  const { body } = await erin.call('listBlocks', { query: { limit: 1 } });
  const stolen = await frank.call('listBlocks', { query: { cursor: String(body.nextCursor) } });
  expect(stolen).toMatchObject({ status: 400, body: { code: 'invalid_cursor' } });
});

test('refuses a bad shape and strangers', async () => {
  const ivan = await signUp('ivan');
  expect((await ivan.call('listBlocks', { query: { limit: 101 } })).status).toBe(400);
  expect((await nobody.call('listBlocks')).status).toBe(401);
});
