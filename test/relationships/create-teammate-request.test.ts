import { expect, test } from 'vitest';
import { type Person, startApp } from '../helpers/app.ts';
import { findAnnounced } from '../helpers/events.ts';
import { makeTeammates } from '../helpers/teammates.ts';

const { nobody, signUp, db, clock, app } = await startApp();
const DAY = 86_400;

const ask = (from: Person, to: { userId: string }, extra: object = {}, headers: Record<string, string> = {}) =>
  from.call('createTeammateRequest', { body: { userId: to.userId, ...extra }, headers });
const inbox = async (person: Person) =>
  (await person.call('listTeammateRequests', { query: { direction: 'incoming' } })).body.items as unknown as {
    request: { requestId: string; note?: string; gameId?: string };
    user: { userId: string };
  }[];
const outbox = async (person: Person) =>
  (await person.call('listTeammateRequests', { query: { direction: 'outgoing' } })).body.items as unknown as {
    request: { requestId: string; state: string };
  }[];

test('a request reaches the other with its note and game, on an open socket too', async () => {
  const [alice, bob] = [await signUp('alice'), await signUp('bob')];
  const socket = await bob.connect();
  const { status, body } = await ask(alice, bob, { gameId: 'dota-2', note: ' Support\u200b for you? ' });
  expect(status).toBe(201);
  expect(body).toMatchObject({ direction: 'outgoing', userId: bob.userId, state: 'pending', note: 'Support for you?' });
  expect(await inbox(bob)).toMatchObject([
    { request: { direction: 'incoming', gameId: 'dota-2', note: 'Support for you?' }, user: { userId: alice.userId } },
  ]);
  expect(await socket.next('teammate_request.created')).toMatchObject({ data: { userId: alice.userId } });
  expect(await findAnnounced(db, 'relationships.teammate_request_sent')).toEqual([
    { requestId: String(body.requestId), senderId: alice.userId, recipientId: bob.userId },
  ]);
  expect(await app.relationships.countUnanswered(db.read, [alice.userId, bob.userId])).toEqual(
    new Map([[bob.userId, 1]]),
  );
});

test('a repeat with the same key is the same request; without one it is refused', async () => {
  const [carol, dave] = [await signUp('carol'), await signUp('dave')];
  const headers = { 'idempotency-key': 'k1' };
  const first = await ask(carol, dave, {}, headers);
  expect(await ask(carol, dave, {}, headers)).toMatchObject({ status: 201, body: first.body });
  expect(await ask(carol, dave)).toMatchObject({ status: 409, body: { code: 'already_requested' } });
  expect(await inbox(dave)).toHaveLength(1);
});

test('asking back accepts, even when both ask at the same moment', async () => {
  const [erin, frank] = [await signUp('erin'), await signUp('frank')];
  const answers = await Promise.all([ask(erin, frank), ask(frank, erin)]);
  expect(answers.map(({ body }) => String(body.state)).toSorted()).toEqual(['accepted', 'pending']);
  expect(await ask(erin, frank)).toMatchObject({ status: 409, body: { code: 'already_teammates' } });
  const { body } = await erin.call('listMyTeammates');
  expect(body.items).toMatchObject([{ user: { userId: frank.userId } }]);
});

test('a refusal is silent: to the sender the request waits, then expires, and cannot be repeated for 30 days', async () => {
  const [grace, heidi] = [await signUp('grace'), await signUp('heidi')];
  const socket = await grace.connect();
  const { body } = await ask(grace, heidi);
  const params = { requestId: String(body.requestId) };
  expect((await heidi.call('declineTeammateRequest', { params })).status).toBe(204);
  expect((await heidi.call('declineTeammateRequest', { params })).status).toBe(204);
  expect(await inbox(heidi)).toEqual([]);
  expect(await outbox(grace)).toMatchObject([{ request: { state: 'pending' } }]);
  expect(socket.rest().filter(({ type }) => String(type).startsWith('teammate_request'))).toEqual([]);
  expect(await ask(grace, heidi)).toMatchObject({ status: 409, body: { code: 'already_requested' } });

  clock.advance(15 * DAY);
  const later = await grace.signInAgain();
  expect(await outbox(later)).toMatchObject([{ request: { state: 'expired' } }]);
  expect((await ask(later, heidi)).status).toBe(409);
  clock.advance(16 * DAY);
  expect((await ask(await grace.signInAgain(), heidi)).status).toBe(201);
});

test('a request that expired can no longer be accepted', async () => {
  const [ivan, judy] = [await signUp('ivan'), await signUp('judy')];
  const { body } = await ask(ivan, judy);
  clock.advance(14 * DAY);
  const later = await judy.signInAgain();
  expect(await inbox(later)).toEqual([]);
  const accepted = await later.call('acceptTeammateRequest', { params: { requestId: String(body.requestId) } });
  expect(accepted).toMatchObject({ status: 409, body: { code: 'teammate_request_closed' } });
});

test('a newcomer may ask ten people a day, however fast he asks', async () => {
  const kate = await signUp('kate');
  const people = await Promise.all(Array.from({ length: 12 }, (_, i) => signUp(`asked${i}`)));
  const answers = await Promise.all(people.map((person) => ask(kate, person)));
  const refused = answers.filter(({ status }) => status !== 201);
  expect(refused).toHaveLength(2);
  expect(refused[0]).toMatchObject({ status: 429, body: { code: 'request_quota_reached' } });
  expect(refused[0]?.headers.get('retry-after')).toBe('86400');
});

test('who closed himself to strangers, or is of another age group, cannot be asked', async () => {
  const [liam, mia, kid] = [await signUp('liam'), await signUp('mia'), await signUp('kid', { ageBand: '13_15' })];
  await mia.call('updatePrivacy', { body: { whoMayWrite: 'teammates' } });
  expect(await ask(liam, mia)).toMatchObject({ status: 403, body: { code: 'requests_closed' } });
  expect(await ask(liam, kid)).toMatchObject({ status: 403, body: { code: 'requests_closed' } });
  expect(await ask(kid, liam)).toMatchObject({ status: 403, body: { code: 'requests_closed' } });
  // Whoever is closed may still ask, and be answered.
  await makeTeammates(mia, liam);
});

test('unknown, banned and blocking people are the same nobody', async () => {
  const [nina, oscar, peggy] = [await signUp('nina'), await signUp('oscar'), await signUp('peggy')];
  await oscar.call('blockUser', { params: { userId: nina.userId } });
  await db.statement.updateTable('accounts').set({ state: 'banned' }).where('account_id', '=', peggy.userId).execute();
  const unknown = await ask(nina, { userId: '00000000-0000-7000-8000-000000000000' });
  expect(unknown).toMatchObject({ status: 404, body: { code: 'user_not_found' } });
  for (const person of [oscar, peggy]) {
    const { status, body } = await ask(nina, person);
    expect({ status, body: { ...body, instance: '' } }).toEqual({
      status: 404,
      body: { ...unknown.body, instance: '' },
    });
  }
});

test.each([
  [{ note: 'я'.repeat(301) }, '/body/note'],
  [{ gameId: 'half-life-3' }, '/body/gameId'],
  [{ state: 'accepted' }, '/body/state'],
])('refuses %j', async (extra, path) => {
  const [person, other] = [await signUp(`quinn${path.length}`), await signUp(`rob${path.length}`)];
  expect(await ask(person, other, extra)).toMatchObject({ status: 400, body: { errors: [{ path }] } });
  expect(await ask(person, person)).toMatchObject({ status: 400, body: { errors: [{ path: '/body/userId' }] } });
});

test('only the recipient answers and only the sender withdraws; to others there is no such request', async () => {
  const [sam, tina, uma] = [await signUp('sam'), await signUp('tina'), await signUp('uma')];
  const params = { requestId: String((await ask(sam, tina)).body.requestId) };
  const notFound = { status: 404, body: { code: 'teammate_request_not_found' } };
  for (const person of [sam, uma]) {
    expect(await person.call('acceptTeammateRequest', { params })).toMatchObject(notFound);
    expect(await person.call('declineTeammateRequest', { params })).toMatchObject(notFound);
  }
  for (const person of [tina, uma])
    expect(await person.call('withdrawTeammateRequest', { params })).toMatchObject(notFound);
  for (const operation of ['acceptTeammateRequest', 'declineTeammateRequest', 'withdrawTeammateRequest']) {
    expect((await nobody.call(operation, { params })).status).toBe(401);
  }
  expect((await sam.call('withdrawTeammateRequest', { params })).status).toBe(204);
  expect((await sam.call('withdrawTeammateRequest', { params })).status).toBe(204);
  expect(await inbox(tina)).toEqual([]);
  expect(await outbox(sam)).toEqual([]);
  expect(await tina.call('acceptTeammateRequest', { params })).toMatchObject({ status: 409 });
});

test('an answer of yes is told to both, can be repeated, and ends with the removal of the teammate', async () => {
  const [vera, walt] = [await signUp('vera'), await signUp('walt')];
  const socket = await vera.connect();
  const params = { requestId: String((await ask(vera, walt)).body.requestId) };
  const accepted = await walt.call('acceptTeammateRequest', { params });
  expect(accepted).toMatchObject({ status: 200, body: { state: 'accepted', direction: 'incoming' } });
  expect((await walt.call('acceptTeammateRequest', { params })).body).toEqual(accepted.body);
  expect(await walt.call('declineTeammateRequest', { params })).toMatchObject({ status: 409 });
  expect(await vera.call('withdrawTeammateRequest', { params })).toMatchObject({ status: 409 });
  expect(await socket.next('teammate_request.accepted')).toMatchObject({ data: { direction: 'outgoing' } });
  const pair = { accountId: walt.userId, otherId: vera.userId };
  expect(await findAnnounced(db, 'relationships.teammates_made')).toContainEqual(pair);

  expect((await vera.call('removeTeammate', { params: { userId: walt.userId } })).status).toBe(204);
  expect((await vera.call('removeTeammate', { params: { userId: walt.userId } })).status).toBe(204);
  expect((await walt.call('listMyTeammates')).body.items).toEqual([]);
  expect(await findAnnounced(db, 'relationships.teammates_parted')).toContainEqual({
    accountId: vera.userId,
    otherId: walt.userId,
  });
});
