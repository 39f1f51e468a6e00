import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { caseAbout, reportUser } from '../helpers/moderation.ts';
import { hire } from '../helpers/staff.ts';

const server = await startApp();
const one = await hire(server, 'one', 'moderator');
const other = await hire(server, 'other', 'moderator');
const alice = await server.signUp('alice');
const bob = await server.signUp('bob');

test('who holds a case gives it back; nobody else does', async () => {
  await reportUser(alice, bob);
  const params = await caseAbout(one, bob);
  await one.call('claimCase', { params });
  expect((await other.call('releaseCase', { params })).status).toBe(204);
  expect((await other.call('claimCase', { params })).status).toBe(409);
  expect((await one.call('releaseCase', { params })).status).toBe(204);
  expect((await one.call('releaseCase', { params })).status).toBe(204);
  expect((await other.call('claimCase', { params })).status).toBe(200);
  expect((await alice.call('releaseCase', { params })).status).toBe(403);
  expect((await one.call('releaseCase', { params: { caseId: randomUUID() } })).status).toBe(404);
});
