import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { readChat, readHistory } from '../helpers/chats.ts';
import { namesOf, openParty, readParty } from '../helpers/parties.ts';

const { nobody, signUp, clock } = await startApp();
const later = (seconds: number) => new Date(clock.now().getTime() + seconds * 1_000).toISOString();

test('a party opens with its host in the first place, and with a chat of its own', async () => {
  const alice = await signUp('alice');
  const socket = await alice.connect();
  const party = await openParty(alice, {
    title: ' Evening\u200b  ranked ',
    note: 'Two games.\n\n\n\nThen sleep.',
    mode: 'ranked',
    languages: ['ru'],
    platform: 'windows',
    region: 'cis',
    voice: 'yes',
    slots: [{ role: 'carry' }, { role: 'hard-support', minRank: 'archon', maxRank: 'divine' }],
  });
  expect(party).toMatchObject({
    gameId: 'dota-2',
    title: 'Evening ranked',
    note: 'Two games.\n\nThen sleep.',
    mode: 'ranked',
    state: 'open',
    languages: ['ru'],
    platform: 'windows',
    region: 'cis',
    voice: 'yes',
    slots: [
      { index: 0, role: 'carry', isTaken: true },
      { index: 1, role: 'hard-support', minRank: 'archon', maxRank: 'divine', isTaken: false },
    ],
    size: 2,
    memberCount: 1,
    myPart: 'host',
  });
  expect(namesOf(party)).toEqual(['alice']);
  const chatId = String(party.chatId);
  expect(await readChat(alice, chatId)).toMatchObject({ title: 'Evening ranked', memberCount: 1, role: 'owner' });
  expect(await readHistory(alice, chatId)).toMatchObject([{ service: { action: 'chat_created' } }]);
  expect(await socket.next('party.created')).toMatchObject({ data: { partyId: party.partyId, state: 'open' } });
  expect(await readParty(alice, party.partyId)).toEqual(party);
});

test('a repeat with the same key is the same party; a host leads three at most', async () => {
  const bob = await signUp('bob');
  const body = { gameId: 'dota-2', title: 'One', slots: [{}, {}] };
  const headers = { 'idempotency-key': 'k1' };
  const first = await bob.call('createParty', { body, headers });
  expect(await bob.call('createParty', { body, headers })).toMatchObject({ status: 201, body: first.body });
  const answers = await Promise.all([1, 2, 3, 4].map(() => bob.call('createParty', { body })));
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 201, 429, 429]);
  expect(answers.find(({ status }) => status === 429)?.body.code).toBe('party_quota_reached');
});

test.each([
  [{ gameId: 'half-life-3' }, '/body/gameId'],
  [{ title: ' \u200b ' }, '/body/title'],
  [{ title: 'я'.repeat(81) }, '/body/title'],
  [{ note: 'я'.repeat(501) }, '/body/note'],
  [{ mode: 'я'.repeat(61) }, '/body/mode'],
  [{ slots: [{}] }, '/body/slots'],
  [{ slots: Array.from({ length: 6 }, () => ({})) }, '/body/slots'],
  [{ slots: [{}, { role: 'goalkeeper' }] }, '/body/slots/1/role'],
  [{ slots: [{}, { minRank: 'silver' }] }, '/body/slots/1/minRank'],
  [{ slots: [{}, { minRank: 'divine', maxRank: 'herald' }] }, '/body/slots/1/minRank'],
  [{ platform: 'switch' }, '/body/platform'],
  [{ startsAt: later(30) }, '/body/startsAt'],
  [{ startsAt: later(15 * 86_400) }, '/body/startsAt'],
  [{ state: 'full' }, '/body/state'],
])('refuses %j', async (extra, path) => {
  const person = await signUp(`carol${JSON.stringify(extra).length}`);
  const body = { gameId: 'dota-2', title: 'One', slots: [{}, {}], ...extra };
  expect(await person.call('createParty', { body })).toMatchObject({ status: 400, body: { errors: [{ path }] } });
});

test('words that do not belong before everybody are refused', async () => {
  const dave = await signUp('dave');
  const body = { gameId: 'dota-2', title: 'fucking ranked', slots: [{}, {}] };
  expect(await dave.call('createParty', { body })).toMatchObject({ status: 422, body: { code: 'text_not_allowed' } });
});

test('guests and strangers open none', async () => {
  const body = { gameId: 'dota-2', title: 'One', slots: [{}, {}] };
  expect((await nobody.call('createParty', { body })).status).toBe(401);
  const { tokens } = (await nobody.call('createGuest', { body: {} })).body;
  const headers = { authorization: `Bearer ${String(tokens?.accessToken)}` };
  expect((await nobody.call('createParty', { body, headers })).status).toBe(403);
});
