import { expect, test } from 'vitest';
import { type Person, startApp } from '../helpers/app.ts';
import { findAnnounced } from '../helpers/events.ts';

const { nobody, signUp, db } = await startApp();

const ask = async (from: Person, to: Person) => {
  const { body } = await from.call('createTeammateRequest', { body: { userId: to.userId } });
  return { requestId: String(body.requestId) };
};

test('takes a request back from both lists, and the other cannot accept any more', async () => {
  const [alice, bob] = [await signUp('alice'), await signUp('bob')];
  const params = await ask(alice, bob);
  const socket = await bob.connect();
  expect((await alice.call('withdrawTeammateRequest', { params })).status).toBe(204);
  expect((await alice.call('withdrawTeammateRequest', { params })).status).toBe(204);
  expect(await socket.next('teammate_request.closed')).toMatchObject({ data: params });
  expect((await bob.call('listTeammateRequests', { query: { direction: 'incoming' } })).body.items).toEqual([]);
  expect((await alice.call('listTeammateRequests', { query: { direction: 'outgoing' } })).body.items).toEqual([]);
  expect((await bob.call('acceptTeammateRequest', { params })).status).toBe(409);
  expect(await findAnnounced(db, 'relationships.teammate_request_closed')).toEqual([
    { ...params, senderId: alice.userId, recipientId: bob.userId, outcome: 'withdrawn' },
  ]);
});

test('one that was refused goes the same way, and nobody is told twice', async () => {
  const [carol, dave] = [await signUp('carol'), await signUp('dave')];
  const params = await ask(carol, dave);
  await dave.call('declineTeammateRequest', { params });
  const before = await findAnnounced(db, 'relationships.teammate_request_closed');
  expect((await carol.call('withdrawTeammateRequest', { params })).status).toBe(204);
  expect(await findAnnounced(db, 'relationships.teammate_request_closed')).toEqual(before);
});

test('to everybody but the sender there is no such request; after a yes it is too late', async () => {
  const [erin, frank, grace] = [await signUp('erin'), await signUp('frank'), await signUp('grace')];
  const params = await ask(erin, frank);
  for (const person of [frank, grace]) {
    expect((await person.call('withdrawTeammateRequest', { params })).status).toBe(404);
  }
  expect((await nobody.call('withdrawTeammateRequest', { params })).status).toBe(401);
  expect((await erin.call('withdrawTeammateRequest', { params: { requestId: 'first' } })).status).toBe(400);
  await frank.call('acceptTeammateRequest', { params });
  expect((await erin.call('withdrawTeammateRequest', { params })).status).toBe(409);
});
