import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';

const { nobody, signUp, db, clock } = await startApp();
const alice = await signUp('alice');
const incoming = (query: Record<string, string | number> = {}) =>
  alice.call('listTeammateRequests', { query: { direction: 'incoming', ...query } });

test('shows what waits with the cards of who asks, the latest first, page by page', async () => {
  for (const username of ['bob', 'carol', 'dave']) {
    const person = await signUp(username);
    await person.call('createTeammateRequest', { body: { userId: alice.userId, note: `I am ${username}` } });
    clock.advance(1);
  }
  const first = await incoming({ limit: 2 });
  expect(first.body.items).toMatchObject([
    { request: { note: 'I am dave', direction: 'incoming' }, user: { username: 'dave' } },
    { request: { note: 'I am carol' }, user: { username: 'carol' } },
  ]);
  const second = await incoming({ limit: 2, cursor: String(first.body.nextCursor) });
  expect(second.body.items).toMatchObject([{ user: { username: 'bob' } }]);
  expect(second.body.nextCursor).toBeUndefined();
});

test('the requests of somebody who was banned are not there', async () => {
  await db.statement.updateTable('accounts').set({ state: 'banned' }).where('username', '=', 'dave').execute();
  expect((await incoming()).body.items).toMatchObject([{ user: { username: 'carol' } }, { user: { username: 'bob' } }]);
});

test('what one sent is in the other direction', async () => {
  const erin = await signUp('erin');
  await erin.call('createTeammateRequest', { body: { userId: alice.userId } });
  const { body } = await erin.call('listTeammateRequests', { query: { direction: 'outgoing' } });
  expect(body.items).toMatchObject([{ request: { direction: 'outgoing' }, user: { userId: alice.userId } }]);
  expect((await erin.call('listTeammateRequests', { query: { direction: 'incoming' } })).body.items).toEqual([]);
});

test('refuses a bad shape and strangers', async () => {
  expect((await alice.call('listTeammateRequests')).status).toBe(400);
  expect((await alice.call('listTeammateRequests', { query: { direction: 'sideways' } })).status).toBe(400);
  expect((await nobody.call('listTeammateRequests', { query: { direction: 'incoming' } })).status).toBe(401);
});
