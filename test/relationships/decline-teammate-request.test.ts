import { expect, test } from 'vitest';
import { type Person, startApp } from '../helpers/app.ts';
import { findAnnounced } from '../helpers/events.ts';

const { nobody, signUp, db, clock } = await startApp();
const DAY = 86_400;

const ask = async (from: Person, to: Person) => {
  const { body } = await from.call('createTeammateRequest', { body: { userId: to.userId } });
  return { requestId: String(body.requestId) };
};

const outbox = async (person: Person) =>
  (await person.call('listTeammateRequests', { query: { direction: 'outgoing' } })).body.items;

test('a refusal is silent: to the sender the request waits, then expires, and cannot be repeated for 30 days', async () => {
  const [alice, bob] = [await signUp('alice'), await signUp('bob')];
  const socket = await alice.connect();
  const params = await ask(alice, bob);
  expect((await bob.call('declineTeammateRequest', { params })).status).toBe(204);
  expect((await bob.call('declineTeammateRequest', { params })).status).toBe(204);
  expect((await bob.call('listTeammateRequests', { query: { direction: 'incoming' } })).body.items).toEqual([]);
  expect(await outbox(alice)).toMatchObject([{ request: { state: 'pending' } }]);
  expect(socket.rest().filter(({ type }) => String(type).startsWith('teammate_request'))).toEqual([]);
  expect(await findAnnounced(db, 'relationships.teammate_request_closed')).toEqual([
    { ...params, senderId: alice.userId, recipientId: bob.userId, outcome: 'declined' },
  ]);
  const repeat = (person: Person) => person.call('createTeammateRequest', { body: { userId: bob.userId } });
  expect(await repeat(alice)).toMatchObject({ status: 409, body: { code: 'already_requested' } });

  clock.advance(15 * DAY);
  const later = await alice.signInAgain();
  expect(await outbox(later)).toMatchObject([{ request: { state: 'expired' } }]);
  expect((await repeat(later)).status).toBe(409);
  clock.advance(16 * DAY);
  expect((await repeat(await alice.signInAgain())).status).toBe(201);
});

test('to everybody but the recipient there is no such request; after a yes it is too late', async () => {
  const [carol, dave, erin] = [await signUp('carol'), await signUp('dave'), await signUp('erin')];
  const params = await ask(carol, dave);
  for (const person of [carol, erin]) {
    expect((await person.call('declineTeammateRequest', { params })).status).toBe(404);
  }
  expect((await nobody.call('declineTeammateRequest', { params })).status).toBe(401);
  expect((await dave.call('declineTeammateRequest', { params: { requestId: 'first' } })).status).toBe(400);
  await dave.call('acceptTeammateRequest', { params });
  expect((await dave.call('declineTeammateRequest', { params })).status).toBe(409);
});
