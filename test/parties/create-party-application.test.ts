import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { findAnnounced } from '../helpers/events.ts';
import { accept, apply, applyTo, join, openParty, readParty } from '../helpers/parties.ts';

const { nobody, signUp, db } = await startApp();

test('an application reaches the host with its note and place, on an open socket too', async () => {
  const [alice, bob] = [await signUp('alice'), await signUp('bob')];
  const socket = await alice.connect();
  const { partyId } = await openParty(alice);
  const { status, body } = await apply(bob, partyId, { slot: 2, note: ' I play\u200b support. ' });
  expect(status).toBe(201);
  expect(body).toMatchObject({ partyId, slot: 2, note: 'I play support.', state: 'pending' });
  const params = { partyId: String(partyId) };
  expect((await alice.call('listPartyApplications', { params })).body.items).toMatchObject([
    { applicationId: body.applicationId, user: { username: 'bob' }, note: 'I play support.' },
  ]);
  expect(await socket.next('party.application_created')).toMatchObject({
    data: { applicationId: body.applicationId },
  });
  expect(await readParty(bob, partyId)).toMatchObject({ myPart: 'applicant', application: { state: 'pending' } });
  expect(await findAnnounced(db, 'parties.application_sent')).toEqual([
    { applicationId: body.applicationId, partyId, applicantId: bob.userId, hostId: alice.userId },
  ]);
});

test('one waits at a time; a repeat with the same key is the same application', async () => {
  const [carol, dave] = [await signUp('carol'), await signUp('dave')];
  const params = { partyId: String((await openParty(carol)).partyId) };
  const headers = { 'idempotency-key': 'k1' };
  const first = await dave.call('createPartyApplication', { params, body: {}, headers });
  const again = await dave.call('createPartyApplication', { params, body: {}, headers });
  expect(again).toMatchObject({ status: 201, body: first.body });
  expect(await apply(dave, params.partyId)).toMatchObject({ status: 409, body: { code: 'already_applied' } });
  expect(await apply(carol, params.partyId)).toMatchObject({ status: 409, body: { code: 'already_in_party' } });
});

test('whom the host refused asks in vain, and is not told', async () => {
  const [erin, frank] = [await signUp('erin'), await signUp('frank')];
  const { partyId } = await openParty(erin);
  const params = { partyId: String(partyId), applicationId: await applyTo(frank, partyId) };
  await erin.call('declinePartyApplication', { params });
  expect(await apply(frank, partyId)).toMatchObject({ status: 409, body: { code: 'already_applied' } });
  expect((await frank.call('withdrawPartyApplication', { params })).status).toBe(204);
  expect(await readParty(frank, partyId)).toMatchObject({ myPart: 'visitor' });
  expect(await apply(frank, partyId)).toMatchObject({ status: 201, body: { state: 'pending' } });
  expect((await erin.call('listPartyApplications', { params: { partyId: String(partyId) } })).body.items).toEqual([]);
});

test('who was removed may not come again; who left may', async () => {
  const [grace, heidi, ivan] = [await signUp('grace'), await signUp('heidi'), await signUp('ivan')];
  const { partyId } = await openParty(grace, { slots: [{}, {}, {}, {}] });
  for (const person of [heidi, ivan]) await join(person, grace, partyId);
  const leave = (by: typeof grace, userId: string) =>
    by.call('removePartyMember', { params: { partyId: String(partyId), userId } });
  await leave(grace, heidi.userId);
  await leave(ivan, ivan.userId);
  expect(await apply(heidi, partyId)).toMatchObject({ status: 403, body: { code: 'applications_closed' } });
  await join(ivan, grace, partyId);
  expect(await readParty(ivan, partyId)).toMatchObject({ myPart: 'member', memberCount: 2 });
});

test('a party that is full or has started takes no application', async () => {
  const [judy, kate, liam] = [await signUp('judy'), await signUp('kate'), await signUp('liam')];
  const startsAt = new Date(Date.now() + 3_600_000).toISOString();
  const full = await openParty(judy, { slots: [{}, {}], startsAt });
  await join(kate, judy, full.partyId);
  expect(await apply(liam, full.partyId)).toMatchObject({ status: 409, body: { code: 'party_full' } });
  const started = await openParty(judy, { slots: [{}, {}] });
  await join(kate, judy, started.partyId);
  expect(await apply(liam, started.partyId)).toMatchObject({ status: 409, body: { code: 'party_closed' } });
});

test('a newcomer may apply ten times a day, however fast', async () => {
  const mia = await signUp('mia');
  const hosts = await Promise.all(Array.from({ length: 4 }, (_, i) => signUp(`host${i}`)));
  const parties = await Promise.all(hosts.flatMap((host) => [1, 2, 3].map(() => openParty(host))));
  const answers = await Promise.all(parties.map(({ partyId }) => apply(mia, partyId)));
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(10);
  expect(answers.find(({ status }) => status !== 201)).toMatchObject({
    status: 429,
    body: { code: 'application_quota_reached' },
  });
});

test.each([
  [{ slot: 3 }, '/body/slot'],
  [{ note: 'я'.repeat(301) }, '/body/note'],
  [{ state: 'accepted' }, '/body/state'],
])('refuses %j', async (body, path) => {
  const [host, person] = [await signUp(`nina${path.slice(6)}`), await signUp(`oscar${path.slice(6)}`)];
  const { partyId } = await openParty(host);
  expect(await apply(person, partyId, body)).toMatchObject({ status: 400, body: { errors: [{ path }] } });
});

test('strangers are sent to sign in, and what is not there is not found', async () => {
  const peggy = await signUp('peggy');
  const params = { partyId: '00000000-0000-7000-8000-000000000000' };
  expect((await nobody.call('createPartyApplication', { params, body: {} })).status).toBe(401);
  expect(await apply(peggy, params.partyId)).toMatchObject({ status: 404, body: { code: 'party_not_found' } });
  expect((await accept(peggy, params.partyId, params.partyId)).status).toBe(404);
});
