import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { listOf } from '../helpers/chats.ts';
import type { Body } from '../helpers/client.ts';
import { caseAbout, reportUser } from '../helpers/moderation.ts';
import { hire, signInAs } from '../helpers/staff.ts';

const server = await startApp();
const { signUp, clock, app } = server;
const mod = await hire(server, 'mod', 'moderator');
const alice = await signUp('alice');
const bob = await signUp('bob');
const carol = await signUp('carol');
const dave = await signUp('dave');

const accusedOf = (body: Body) => listOf(body.items).map(({ accused }) => String(accused?.username));

test('the most urgent first, or the oldest; filters; pages that neither repeat nor skip; overdue after a day', async () => {
  await reportUser(alice, bob, { reason: 'spam' });
  clock.advance(60);
  await reportUser(alice, carol, { reason: 'minor_safety' });
  clock.advance(60);
  await reportUser(alice, dave, { reason: 'threats' });
  const list = async (query: object) => (await mod.call('listCases', { query: query as Record<string, string> })).body;
  expect(accusedOf(await list({}))).toEqual(['carol', 'dave', 'bob']);
  expect(accusedOf(await list({ sort: 'oldest' }))).toEqual(['bob', 'carol', 'dave']);
  expect(accusedOf(await list({ reason: 'threats' }))).toEqual(['dave']);
  expect(accusedOf(await list({ accusedId: bob.userId }))).toEqual(['bob']);
  expect(accusedOf(await list({ subjectKind: 'message' }))).toEqual([]);
  expect(accusedOf(await list({ kind: 'review' }))).toEqual([]);
  expect(accusedOf(await list({ state: 'resolved' }))).toEqual([]);
  expect((await mod.call('listCases', { query: { sort: 'newest' } })).status).toBe(400);
  for (const sort of ['urgent', 'oldest']) {
    const first = await list({ limit: 2, sort });
    const rest = await list({ limit: 2, sort, cursor: String(first.nextCursor) });
    expect(new Set([...accusedOf(first), ...accusedOf(rest)]).size).toBe(3);
    expect(rest.nextCursor).toBeUndefined();
  }

  clock.advance(86_400 - 120);
  const again = await signInAs(server, 'mod', mod.password);
  const late = await again.call('listCases', { query: { overdue: true } });
  expect(listOf(late.body.items)).toMatchObject([
    { isOverdue: true, ageSeconds: 86_400, accused: { username: 'bob' } },
  ]);
  expect(await app.moderation.measureQueue()).toEqual({ open: 3, overdue: 1, oldestAgeSeconds: 86_400 });
  expect(await app.metrics.registry.metrics()).toContain('soyamate_cases_overdue 1');

  await again.call('resolveCase', { params: await caseAbout(again, bob), body: { action: 'dismiss' } });
  const resolved = await again.call('listCases', { query: { state: 'resolved' } });
  expect(listOf(resolved.body.items)).toMatchObject([{ isOverdue: false, action: 'dismiss' }]);
});

test('only for moderators', async () => {
  expect((await alice.call('listCases')).status).toBe(401);
  const back = await alice.signInAgain();
  expect((await back.call('listCases')).status).toBe(403);
});
