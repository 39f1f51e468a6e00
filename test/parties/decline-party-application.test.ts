import { expect, test } from 'vitest';
import { type Person, startApp } from '../helpers/app.ts';
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
