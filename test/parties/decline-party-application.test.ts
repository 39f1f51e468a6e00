import { expect, test } from 'vitest';
import { type Person, startApp } from '../helpers/app.ts';
import { typesOf } from '../helpers/chats.ts';
import { findAnnounced } from '../helpers/events.ts';
import { applyTo, join, openParty, readParty } from '../helpers/parties.ts';

const { nobody, signUp, db } = await startApp();
const decline = (person: Person, partyId: unknown, applicationId: string) =>
  person.call('declinePartyApplication', { params: { partyId: String(partyId), applicationId } });

test('says no in silence: to the applicant it waits, and expires with the party', async () => {
  const [alice, bob] = [await signUp('alice'), await signUp('bob')];
  const { partyId } = await openParty(alice);
  const applicationId = await applyTo(bob, partyId);
  const socket = await bob.connect();
  expect((await decline(alice, partyId, applicationId)).status).toBe(204);
  expect((await decline(alice, partyId, applicationId)).status).toBe(204);
  const params = { partyId: String(partyId) };
  expect((await alice.call('listPartyApplications', { params })).body.items).toEqual([]);
  expect(await readParty(bob, partyId)).toMatchObject({ myPart: 'applicant', application: { state: 'pending' } });
  expect(await findAnnounced(db, 'parties.application_ended')).toMatchObject([{ applicationId, outcome: 'declined' }]);
  await alice.call('cancelParty', { params });
  expect(await readParty(bob, partyId)).toMatchObject({ application: { state: 'expired' } });
  await socket.ask({ op: 'ping' });
  expect(JSON.stringify(socket.rest())).not.toContain('declined');
});

test('is told on the socket as an application that waited: once, when the party starts or is called off', async () => {
  const [heidi, ivan, judy, kate] = [
    await signUp('heidi'),
    await signUp('ivan'),
    await signUp('judy'),
    await signUp('kate'),
  ];
  const { partyId } = await openParty(heidi);
  await join(ivan, heidi, partyId);
  const declined = await applyTo(judy, partyId);
  const waiting = await applyTo(kate, partyId);
  await decline(heidi, partyId, declined);
  const watched = [
    { applicationId: declined, socket: await judy.connect() },
    { applicationId: waiting, socket: await kate.connect() },
  ];
  const params = { partyId: String(partyId) };
  await heidi.call('updateParty', { params, body: { state: 'started' } });
  await heidi.call('updateParty', { params, body: { state: 'finished' } });
  for (const { applicationId, socket } of watched) {
    const { data } = await socket.next('party.application_closed');
    expect(data).toMatchObject({ applicationId, state: 'expired' });
    await socket.ask({ op: 'ping' });
    expect(typesOf(socket.rest())).not.toContain('party.application_closed');
  }
});

test('who took a declined application back hears no more of it', async () => {
  const [liam, mary] = [await signUp('liam'), await signUp('mary')];
  const { partyId } = await openParty(liam);
  const applicationId = await applyTo(mary, partyId);
  await decline(liam, partyId, applicationId);
  const params = { partyId: String(partyId), applicationId };
  expect((await mary.call('withdrawPartyApplication', { params })).status).toBe(204);
  const socket = await mary.connect();
  await liam.call('cancelParty', { params });
  await socket.ask({ op: 'ping' });
  expect(typesOf(socket.rest())).not.toContain('party.application_closed');
});

test('who is in already cannot be declined any more', async () => {
  const [carol, dave] = [await signUp('carol'), await signUp('dave')];
  const { partyId } = await openParty(carol);
  await join(dave, carol, partyId);
  const [row] = await db.read
    .selectFrom('party_applications')
    .select('application_id')
    .where('applicant_id', '=', dave.userId)
    .execute();
  expect(await decline(carol, partyId, String(row?.application_id))).toMatchObject({
    status: 409,
    body: { code: 'application_closed' },
  });
});

test('is the business of the host alone', async () => {
  const [erin, frank, grace] = [await signUp('erin'), await signUp('frank'), await signUp('grace')];
  const { partyId } = await openParty(erin);
  const applicationId = await applyTo(frank, partyId);
  for (const person of [frank, grace]) {
    expect(await decline(person, partyId, applicationId)).toMatchObject({ status: 403, body: { code: 'host_only' } });
  }
  const params = { partyId: String(partyId), applicationId };
  expect((await nobody.call('declinePartyApplication', { params })).status).toBe(401);
});
