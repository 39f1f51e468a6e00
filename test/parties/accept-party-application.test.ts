import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { readChat, readHistory, say, textsOf } from '../helpers/chats.ts';
import { accept, applyTo, join, namesOf, openParty, readParty } from '../helpers/parties.ts';

const { nobody, signUp, settle, db } = await startApp();

test('takes the applicant into the party, at the place asked for, and into its chat', async () => {
  const [alice, bob] = [await signUp('alice'), await signUp('bob')];
  const { partyId, chatId } = await openParty(alice);
  const socket = await bob.connect();
  const applicationId = await applyTo(bob, partyId, { slot: 2 });
  const accepted = await accept(alice, partyId, applicationId);
  expect(accepted).toMatchObject({ status: 200, body: { memberCount: 2, state: 'open' } });
  expect(accepted.body.slots).toMatchObject([{ isTaken: true }, { isTaken: false }, { isTaken: true }]);
  expect(namesOf(accepted.body)).toEqual(['alice', 'bob']);
  expect(await socket.next('party.application_accepted')).toMatchObject({ data: { applicationId, state: 'accepted' } });
  expect(await readParty(bob, partyId)).toMatchObject({ myPart: 'member', chatId });
  expect(await readChat(bob, String(chatId))).toMatchObject({ memberCount: 2, role: 'member' });
  expect(await accept(alice, partyId, applicationId)).toMatchObject({ status: 200, body: { memberCount: 2 } });
});

test('the last place starts a party without a start time, and the rest expire', async () => {
  const [carol, dave, erin] = [await signUp('carol'), await signUp('dave'), await signUp('erin')];
  const { partyId } = await openParty(carol, { slots: [{}, {}] });
  const late = await applyTo(erin, partyId);
  await join(dave, carol, partyId);
  expect(await readParty(carol, partyId)).toMatchObject({ state: 'started', memberCount: 2 });
  expect(await readParty(erin, partyId)).toMatchObject({ application: { state: 'expired' } });
  expect(await accept(carol, partyId, late)).toMatchObject({ status: 409, body: { code: 'application_closed' } });
});

test('twelve accepted at the same moment never overfill a party, and leave no row behind', async () => {
  const host = await signUp('host');
  const startsAt = new Date(Date.now() + 3_600_000).toISOString();
  const { partyId, chatId } = await openParty(host, { slots: [{}, {}, {}, {}, {}], startsAt });
  const people = await Promise.all(Array.from({ length: 12 }, (_, i) => signUp(`racer${i}`)));
  const ids = await Promise.all(people.map((person, i) => applyTo(person, partyId, { slot: i % 5 })));
  const answers = await Promise.all(ids.map((applicationId) => accept(host, partyId, applicationId)));
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
    ...Array(4).fill(200),
    ...Array(8).fill(409),
  ]);
  expect(await readParty(host, partyId)).toMatchObject({ state: 'full', memberCount: 5 });
  const rows = await db.read
    .selectFrom('party_members')
    .select('slot')
    .where('party_id', '=', String(partyId))
    .orderBy('slot')
    .execute();
  expect(rows.map(({ slot }) => slot)).toEqual([0, 1, 2, 3, 4]);
  expect(await readChat(host, String(chatId))).toMatchObject({ memberCount: 5 });
});

test('a chat that its owner has ended begins anew with the next who joins, without what was said before', async () => {
  const [nina, oscar, peggy] = [await signUp('nina'), await signUp('oscar'), await signUp('peggy')];
  const opened = await openParty(nina, { slots: [{}, {}, {}, {}] });
  const chatId = String(opened.chatId);
  await join(oscar, nina, opened.partyId);
  await say(nina, chatId, 'words of before');
  expect((await nina.call('deleteChat', { params: { chatId } })).status).toBe(204);
  await join(peggy, nina, opened.partyId);
  expect(await readChat(nina, chatId)).toMatchObject({ role: 'owner', memberCount: 3 });
  for (const guest of [oscar, peggy]) expect(await readChat(guest, chatId)).toMatchObject({ role: 'member' });
  await say(oscar, chatId, 'words of after');
  for (const person of [nina, oscar, peggy]) {
    const texts = textsOf(await readHistory(person, chatId));
    expect(texts).toContain('words of after');
    expect(texts).not.toContain('words of before');
  }
});

test('so does one that everybody has left', async () => {
  const [quinn, rita] = [await signUp('quinn'), await signUp('rita')];
  const { partyId, chatId } = await openParty(quinn);
  const params = { chatId: String(chatId), userId: quinn.userId };
  expect((await quinn.call('removeMember', { params })).status).toBe(204);
  await join(rita, quinn, partyId);
  expect(await readChat(quinn, String(chatId))).toMatchObject({ role: 'owner', memberCount: 2 });
  expect(await readChat(rita, String(chatId))).toMatchObject({ role: 'member' });
});

test('who was blocked or banned since is not taken in', async () => {
  const [frank, grace, heidi] = [await signUp('frank'), await signUp('grace'), await signUp('heidi')];
  const { partyId } = await openParty(frank);
  const blocked = await applyTo(grace, partyId);
  await grace.call('blockUser', { params: { userId: frank.userId } });
  expect((await accept(frank, partyId, blocked)).status).toBe(409);
  await settle();
  expect((await accept(frank, partyId, blocked)).status).toBe(404);

  const gone = await applyTo(heidi, partyId);
  await heidi.call('requestDeletion', { body: { password: heidi.password } });
  await settle();
  expect((await accept(frank, partyId, gone)).status).toBe(404);
  expect(await readParty(frank, partyId)).toMatchObject({ memberCount: 1 });
});

test('is the business of the host alone', async () => {
  const [ivan, judy, kate] = [await signUp('ivan'), await signUp('judy'), await signUp('kate')];
  const { partyId } = await openParty(ivan);
  const other = await openParty(judy);
  const applicationId = await applyTo(kate, partyId);
  expect(await accept(kate, partyId, applicationId)).toMatchObject({ status: 403, body: { code: 'host_only' } });
  expect(await accept(judy, partyId, applicationId)).toMatchObject({ status: 403, body: { code: 'host_only' } });
  // An application of another party is none of this one.
  expect(await accept(judy, other.partyId, applicationId)).toMatchObject({
    status: 404,
    body: { code: 'application_not_found' },
  });
  const params = { partyId: String(partyId), applicationId };
  expect((await nobody.call('acceptPartyApplication', { params })).status).toBe(401);
});
