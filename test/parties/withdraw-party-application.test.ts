import { expect, test } from 'vitest';
import { type Person, startApp } from '../helpers/app.ts';
import { applyTo, join, openParty, readParty } from '../helpers/parties.ts';

const { nobody, signUp, db } = await startApp();
const withdraw = (person: Person, partyId: unknown, applicationId: string) =>
  person.call('withdrawPartyApplication', { params: { partyId: String(partyId), applicationId } });

test('takes an application back; one may apply again', async () => {
  const [alice, bob] = [await signUp('alice'), await signUp('bob')];
  const { partyId } = await openParty(alice);
  const applicationId = await applyTo(bob, partyId);
  const socket = await alice.connect();
  expect((await withdraw(bob, partyId, applicationId)).status).toBe(204);
  expect((await withdraw(bob, partyId, applicationId)).status).toBe(204);
  expect(await socket.next('party.application_closed')).toMatchObject({ data: { applicationId, state: 'withdrawn' } });
  expect(await readParty(bob, partyId)).toMatchObject({ myPart: 'visitor' });
  await join(bob, alice, partyId);
});

test('not once it was accepted, and never that of another', async () => {
  const [carol, dave, erin] = [await signUp('carol'), await signUp('dave'), await signUp('erin')];
  const { partyId } = await openParty(carol);
  const waiting = await applyTo(erin, partyId);
  for (const person of [carol, dave]) {
    expect(await withdraw(person, partyId, waiting)).toMatchObject({
      status: 404,
      body: { code: 'application_not_found' },
    });
  }
  await join(dave, carol, partyId);
  const [row] = await db.read
    .selectFrom('party_applications')
    .select('application_id')
    .where('applicant_id', '=', dave.userId)
    .execute();
  expect(await withdraw(dave, partyId, String(row?.application_id))).toMatchObject({ status: 409 });
  const params = { partyId: String(partyId), applicationId: waiting };
  expect((await nobody.call('withdrawPartyApplication', { params })).status).toBe(401);
});
