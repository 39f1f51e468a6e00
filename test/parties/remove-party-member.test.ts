import { expect, test } from 'vitest';
import { type Person, startApp } from '../helpers/app.ts';
import { expectNoChat, readChat } from '../helpers/chats.ts';
import { join, namesOf, openParty, playTogether, readParty } from '../helpers/parties.ts';

const { nobody, signUp, settle, clock } = await startApp();
const remove = (by: Person, partyId: unknown, { userId }: { userId: string }) =>
  by.call('removePartyMember', { params: { partyId: String(partyId), userId } });

test('who leaves leaves the chat, too, and the place is free again', async () => {
  const [alice, bob] = [await signUp('alice'), await signUp('bob')];
  const startsAt = new Date(clock.now().getTime() + 3_600_000).toISOString();
  const { partyId, chatId } = await openParty(alice, { slots: [{}, {}], startsAt });
  await join(bob, alice, partyId);
  expect(await readParty(alice, partyId)).toMatchObject({ state: 'full' });
  const socket = await bob.connect();
  expect((await remove(bob, partyId, bob)).status).toBe(204);
  expect(await socket.next('party.closed')).toMatchObject({ data: { partyId } });
  expect(await readParty(alice, partyId)).toMatchObject({ state: 'open', memberCount: 1 });
  expect(await readParty(bob, partyId)).toMatchObject({ myPart: 'visitor' });
  await expectNoChat(bob, 'getChat', { params: { chatId: String(chatId) } });
  expect(await remove(bob, partyId, bob)).toMatchObject({ status: 404, body: { code: 'party_member_not_found' } });
});

test('a host removes others, and nobody else does', async () => {
  const [carol, dave, erin] = [await signUp('carol'), await signUp('dave'), await signUp('erin')];
  const { partyId, chatId } = await openParty(carol, { slots: [{}, {}, {}, {}] });
  await join(dave, carol, partyId);
  await join(erin, carol, partyId);
  expect(await remove(dave, partyId, erin)).toMatchObject({ status: 403, body: { code: 'host_only' } });
  expect((await remove(carol, partyId, erin)).status).toBe(204);
  expect(await readChat(carol, String(chatId))).toMatchObject({ memberCount: 2 });
  const params = { partyId: String(partyId), userId: dave.userId };
  expect((await nobody.call('removePartyMember', { params })).status).toBe(401);
});

test('a host who leaves is followed by whoever has been there longest; with the last one it ends', async () => {
  const [frank, grace, heidi] = [await signUp('frank'), await signUp('grace'), await signUp('heidi')];
  const { partyId, chatId } = await openParty(frank, { slots: [{}, {}, {}, {}] });
  await join(heidi, frank, partyId);
  clock.advance(1);
  await join(grace, frank, partyId);
  await remove(frank, partyId, frank);
  expect(await readParty(heidi, partyId)).toMatchObject({ myPart: 'host', state: 'open' });
  expect(await readChat(heidi, String(chatId))).toMatchObject({ role: 'owner' });
  await remove(heidi, partyId, grace);
  await remove(heidi, partyId, heidi);
  expect(await readParty(heidi, partyId)).toMatchObject({ state: 'cancelled', myPart: 'visitor', memberCount: 0 });
});

test('so it is when the account of a host ends', async () => {
  const [ivan, judy] = [await signUp('ivan'), await signUp('judy')];
  const { partyId } = await openParty(ivan, { note: 'words of ivan' });
  const alone = await openParty(ivan);
  await join(judy, ivan, partyId);
  await ivan.call('requestDeletion', { body: { password: ivan.password } });
  await settle();
  const party = await readParty(judy, partyId);
  expect(party).toMatchObject({ myPart: 'host', memberCount: 1 });
  expect(namesOf(party)).toEqual(['judy']);
  expect(party).not.toHaveProperty('note');
  expect((await judy.call('getParty', { params: { partyId: String(alone.partyId) } })).status).toBe(404);
});

test('nobody leaves what is over', async () => {
  const [kate, liam] = [await signUp('kate'), await signUp('liam')];
  const partyId = await playTogether(kate, [liam]);
  await kate.call('updateParty', { params: { partyId }, body: { state: 'finished' } });
  expect(await remove(liam, partyId, liam)).toMatchObject({ status: 409, body: { code: 'party_closed' } });
});
