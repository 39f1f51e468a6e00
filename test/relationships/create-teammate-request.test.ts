import { expect, test } from 'vitest';
import { type Person, startApp } from '../helpers/app.ts';
import { findAnnounced } from '../helpers/events.ts';
import { makeTeammates } from '../helpers/teammates.ts';

const { nobody, signUp, db, app } = await startApp();

const ask = (from: Person, to: { userId: string }, extra: object = {}, headers: Record<string, string> = {}) =>
  from.call('createTeammateRequest', { body: { userId: to.userId, ...extra }, headers });
const inbox = async (person: Person) =>
  (await person.call('listTeammateRequests', { query: { direction: 'incoming' } })).body.items as unknown as {
    request: { requestId: string; note?: string; gameId?: string };
    user: { userId: string };
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
  expect((await ask(carol, dave, {}, { 'idempotency-key': 'k'.repeat(201) })).status).toBe(400);
});

test('asking back accepts, even when both ask at the same moment', async () => {
  const [erin, frank] = [await signUp('erin'), await signUp('frank')];
  const answers = await Promise.all([ask(erin, frank), ask(frank, erin)]);
  expect(answers.map(({ body }) => String(body.state)).toSorted()).toEqual(['accepted', 'pending']);
  expect(await ask(erin, frank)).toMatchObject({ status: 409, body: { code: 'already_teammates' } });
  const { body } = await erin.call('listMyTeammates');
  expect(body.items).toMatchObject([{ user: { userId: frank.userId } }]);
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

test('strangers are sent to sign in', async () => {
  const body = { userId: '00000000-0000-7000-8000-000000000000' };
  expect((await nobody.call('createTeammateRequest', { body })).status).toBe(401);
});
