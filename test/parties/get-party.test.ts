import { expect, test } from 'vitest';
import { type Person, startApp } from '../helpers/app.ts';
import { apply, join, namesOf, openParty } from '../helpers/parties.ts';

const { nobody, signUp, settle } = await startApp();
const get = (reader: Person, partyId: unknown) => reader.call('getParty', { params: { partyId: String(partyId) } });

test('strangers see who is in it, and not its chat; guests see neither names nor words', async () => {
  const [alice, bob, carol] = [await signUp('alice'), await signUp('bob'), await signUp('carol')];
  const { partyId } = await openParty(alice, { note: 'Two games.' });
  await join(bob, alice, partyId);
  const seen = (await get(carol, partyId)).body;
  expect(seen).toMatchObject({ title: 'Evening games', myPart: 'visitor', memberCount: 2 });
  expect(namesOf(seen)).toEqual(['alice', 'bob']);
  expect(seen).not.toHaveProperty('chatId');

  const { tokens } = (await nobody.call('createGuest', { body: {} })).body;
  const headers = { authorization: `Bearer ${String(tokens?.accessToken)}` };
  const guest = await nobody.call('getParty', { params: { partyId: String(partyId) }, headers });
  expect(guest).toMatchObject({ status: 200, body: { gameId: 'dota-2', memberCount: 2, members: [] } });
  expect(JSON.stringify(guest.body)).not.toMatch(/alice|Evening|Two games|chatId/);
  expect((await nobody.call('getParty', { params: { partyId: String(partyId) } })).status).toBe(401);
});

test('a block with anybody in it hides a party, and ends what was between them', async () => {
  const [dave, erin, frank] = [await signUp('dave'), await signUp('erin'), await signUp('frank')];
  const { partyId } = await openParty(dave, { slots: [{}, {}, {}, {}] });
  await join(erin, dave, partyId);
  await apply(frank, partyId);
  await erin.call('blockUser', { params: { userId: frank.userId } });
  await settle();
  const none = await get(frank, '00000000-0000-7000-8000-000000000000');
  const hidden = await get(frank, partyId);
  expect({ ...hidden.body, instance: '' }).toEqual({ ...none.body, instance: '' });
  expect(hidden.status).toBe(404);
  const params = { partyId: String(partyId) };
  expect((await dave.call('listPartyApplications', { params })).body.items).toEqual([]);

  await dave.call('blockUser', { params: { userId: erin.userId } });
  await settle();
  expect((await get(erin, partyId)).status).toBe(404);
  expect((await get(dave, partyId)).body).toMatchObject({ memberCount: 1 });
});

test('adults and minors have parties of their own', async () => {
  const [grace, kid] = [await signUp('grace'), await signUp('kid', { ageBand: '16_17' })];
  const [young, friend] = [await signUp('young', { ageBand: '13_15' }), await signUp('friend', { ageBand: '16_17' })];
  const adults = await openParty(grace);
  const minors = await openParty(young);
  expect((await get(kid, adults.partyId)).status).toBe(404);
  expect((await get(grace, minors.partyId)).status).toBe(404);
  expect((await get(friend, minors.partyId)).status).toBe(200);
  expect((await apply(grace, minors.partyId)).status).toBe(404);
  const { tokens } = (await nobody.call('createGuest', { body: {} })).body;
  const headers = { authorization: `Bearer ${String(tokens?.accessToken)}` };
  const params = { partyId: String(minors.partyId) };
  expect((await nobody.call('getParty', { params, headers })).status).toBe(404);
});

test('one that is over is there only for its members and those who had applied', async () => {
  const [heidi, ivan, judy] = [await signUp('heidi'), await signUp('ivan'), await signUp('judy')];
  const { partyId } = await openParty(heidi);
  await apply(ivan, partyId);
  await heidi.call('cancelParty', { params: { partyId: String(partyId) } });
  expect((await get(heidi, partyId)).body).toMatchObject({ state: 'cancelled', myPart: 'host' });
  expect((await get(ivan, partyId)).body).toMatchObject({ state: 'cancelled', application: { state: 'expired' } });
  expect((await get(judy, partyId)).status).toBe(404);
});
