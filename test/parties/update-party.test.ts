import { expect, test } from 'vitest';
import { type Person, startApp } from '../helpers/app.ts';
import { readChat } from '../helpers/chats.ts';
import { join, openParty, playTogether, readParty } from '../helpers/parties.ts';

const { nobody, signUp, clock } = await startApp();
const update = (person: Person, partyId: unknown, body: object) =>
  person.call('updateParty', { params: { partyId: String(partyId) }, body });

test('a host changes what a party is; its chat follows the title, and members hear of it', async () => {
  const [alice, bob] = [await signUp('alice'), await signUp('bob')];
  const { partyId, chatId } = await openParty(alice, { note: 'Old', platform: 'windows' });
  await join(bob, alice, partyId);
  const socket = await bob.connect();
  const startsAt = new Date(clock.now().getTime() + 3_600_000).toISOString();
  const changed = await update(alice, partyId, {
    title: 'Night games',
    mode: 'turbo',
    startsAt,
    languages: ['en'],
    slots: [{}, { role: 'mid' }, {}, {}],
    clear: ['note', 'platform'],
  });
  expect(changed).toMatchObject({
    status: 200,
    body: {
      title: 'Night games',
      mode: 'turbo',
      startsAt,
      languages: ['en'],
      size: 4,
      slots: [{}, { role: 'mid' }, {}, {}],
    },
  });
  expect(changed.body).not.toHaveProperty('note');
  expect(changed.body).not.toHaveProperty('platform');
  expect(await readChat(bob, String(chatId))).toMatchObject({ title: 'Night games' });
  expect(await socket.next('party.updated')).toMatchObject({ data: { partyId, size: 4 } });
});

test('nobody loses a place; a smaller team may be full', async () => {
  const [carol, dave] = [await signUp('carol'), await signUp('dave')];
  const startsAt = new Date(clock.now().getTime() + 3_600_000).toISOString();
  const { partyId } = await openParty(carol, { startsAt });
  await join(dave, carol, partyId);
  expect(await update(carol, partyId, { slots: [{}, {}] })).toMatchObject({ body: { state: 'full', size: 2 } });
  expect(await update(carol, partyId, { slots: [{}, {}, {}] })).toMatchObject({ body: { state: 'open', size: 3 } });
  // Without a start time a full team begins.
  expect(await update(carol, partyId, { slots: [{}, {}], clear: ['startsAt'] })).toMatchObject({
    body: { state: 'started' },
  });
  expect(await update(carol, partyId, { note: 'too late' })).toMatchObject({
    status: 409,
    body: { code: 'party_closed' },
  });
});

test('starts with two at least, and is finished once', async () => {
  const [erin, frank] = [await signUp('erin'), await signUp('frank')];
  const { partyId } = await openParty(erin);
  expect(await update(erin, partyId, { state: 'started' })).toMatchObject({ body: { code: 'party_too_small' } });
  expect(await update(erin, partyId, { state: 'finished' })).toMatchObject({ body: { code: 'party_not_started' } });
  await join(frank, erin, partyId);
  const now = clock.now().toISOString();
  expect(await update(erin, partyId, { state: 'started' })).toMatchObject({
    body: { state: 'started', startedAt: now },
  });
  expect(await update(erin, partyId, { state: 'finished' })).toMatchObject({
    body: { state: 'finished', endedAt: now },
  });
  expect(await update(erin, partyId, { state: 'started' })).toMatchObject({ status: 409 });
});

test('is the business of the host alone', async () => {
  const [grace, heidi, ivan] = [await signUp('grace'), await signUp('heidi'), await signUp('ivan')];
  const partyId = await playTogether(grace, [heidi]);
  expect(await update(heidi, partyId, { state: 'finished' })).toMatchObject({
    status: 403,
    body: { code: 'host_only' },
  });
  expect(await update(ivan, partyId, { state: 'finished' })).toMatchObject({ status: 403 });
  expect((await nobody.call('updateParty', { params: { partyId }, body: {} })).status).toBe(401);
  expect(await readParty(grace, partyId)).toMatchObject({ state: 'started' });
});

test.each([
  [{ title: '  ' }, '/body/title'],
  [{ slots: [{}, { role: 'goalkeeper' }] }, '/body/slots/1/role'],
  [{ platform: 'switch' }, '/body/platform'],
  [{ clear: ['title'] }, '/body/clear/0'],
  [{ gameId: 'rust' }, '/body/gameId'],
])('refuses %j', async (body, path) => {
  const judy = await signUp(`judy${JSON.stringify(body).length}`);
  const { partyId } = await openParty(judy);
  expect(await update(judy, partyId, body)).toMatchObject({ status: 400, body: { errors: [{ path }] } });
});
