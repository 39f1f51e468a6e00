import { expect, test } from 'vitest';
import { type Person, startApp } from '../helpers/app.ts';
import { readChat, say } from '../helpers/chats.ts';
import { findAnnounced } from '../helpers/events.ts';
import { apply, join, openParty, playTogether, readParty } from '../helpers/parties.ts';

const { nobody, signUp, db } = await startApp();
const cancel = (person: Person, partyId: unknown) =>
  person.call('cancelParty', { params: { partyId: String(partyId) } });

test('ends a party before its start; the chat stays with its members', async () => {
  const [alice, bob, carol] = [await signUp('alice'), await signUp('bob'), await signUp('carol')];
  const { partyId, chatId } = await openParty(alice);
  await join(bob, alice, partyId);
  await apply(carol, partyId);
  const [inside, outside] = [await bob.connect(), await carol.connect()];
  expect((await cancel(alice, partyId)).status).toBe(204);
  expect((await cancel(alice, partyId)).status).toBe(204);
  expect(await inside.next('party.closed')).toMatchObject({ data: { partyId, state: 'cancelled' } });
  expect(await outside.next('party.application_closed')).toMatchObject({ data: { partyId, state: 'expired' } });
  expect(await readParty(bob, partyId)).toMatchObject({ state: 'cancelled' });
  await say(bob, String(chatId), 'Next time?');
  expect(await readChat(alice, String(chatId))).toMatchObject({ memberCount: 2 });
  expect(await findAnnounced(db, 'parties.party_ended')).toEqual([
    { partyId, hostId: alice.userId, memberIds: [alice.userId, bob.userId], outcome: 'cancelled' },
  ]);
});

test('one that has started can only be finished', async () => {
  const [dave, erin] = [await signUp('dave'), await signUp('erin')];
  const partyId = await playTogether(dave, [erin]);
  expect(await cancel(dave, partyId)).toMatchObject({ status: 409, body: { code: 'party_closed' } });
});

test('is the business of the host alone', async () => {
  const [frank, grace] = [await signUp('frank'), await signUp('grace')];
  const { partyId } = await openParty(frank);
  expect(await cancel(grace, partyId)).toMatchObject({ status: 403, body: { code: 'host_only' } });
  expect((await nobody.call('cancelParty', { params: { partyId: String(partyId) } })).status).toBe(401);
  expect(await readParty(frank, partyId)).toMatchObject({ state: 'open' });
});
