import { expect, test } from 'vitest';
import { type Person, startApp } from '../helpers/app.ts';
import type { Body } from '../helpers/client.ts';
import { join, openParty } from '../helpers/parties.ts';

const { nobody, signUp, settle } = await startApp();

async function player(username: string, more: object = {}, profile: object = {}): Promise<Person> {
  const person = await signUp(username);
  await person.call('updateMyProfile', { body: { languages: ['ru'], platforms: ['windows'], ...profile } });
  const body = { level: 'main', platform: 'windows', ...more };
  await person.call('putProfileGame', { params: { gameId: 'dota-2' }, body });
  return person;
}

async function candidates(host: Person, partyId: unknown, query = {}): Promise<Body[]> {
  await settle();
  const { status, body } = await host.call('listPartyCandidates', { params: { partyId: String(partyId) }, query });
  expect(status).toBe(200);
  return body.items as unknown as Body[];
}
const namesIn = (items: Body[]) => items.map(({ user }) => String(user?.username)).toSorted();

const host = await player('host', { rank: 'legend' });
const mate = await player('mate', { rank: 'legend' });
const carry = await player('carry', { rank: 'legend', roles: ['carry'] });
const mid = await player('midder', { rank: 'legend', roles: ['mid'] });
await player('herald', { rank: 'herald', roles: ['mid'] });
await signUp('idler');

test('are people who suit everybody in the party and a free place of it, with reasons', async () => {
  const slots = [{}, {}, { role: 'mid', minRank: 'archon' }, { role: 'carry', minRank: 'archon' }];
  const { partyId } = await openParty(host, { slots });
  await join(mate, host, partyId);
  const items = await candidates(host, partyId);
  expect(namesIn(items)).toEqual(['carry', 'midder']);
  expect(items.find(({ user }) => String(user?.username) === 'midder')).toMatchObject({
    slots: [2],
    reasons: expect.arrayContaining([expect.objectContaining({ kind: 'shared_games' })]),
  });
  expect(await candidates(host, partyId, { limit: 1 })).toHaveLength(1);

  // Whom anybody in the party has blocked or hidden is not for this party.
  await mate.call('blockUser', { params: { userId: carry.userId } });
  await host.call('hideUser', { params: { userId: mid.userId } });
  expect(namesIn(await candidates(host, partyId))).toEqual([]);
  await mate.call('unblockUser', { params: { userId: carry.userId } });
  expect(namesIn(await candidates(host, partyId))).toEqual(['carry']);
});

test('keep to what the party asks for', async () => {
  const english = await player('english', {}, { languages: ['en', 'ru'] });
  const { partyId } = await openParty(host, { languages: ['en'], slots: [{}, {}] });
  expect(namesIn(await candidates(host, partyId))).toEqual(['english']);
  await english.call('updateMyProfile', { body: { discoverable: false } });
  expect(await candidates(host, partyId)).toEqual([]);
});

test('are for the host alone', async () => {
  const { partyId } = await openParty(host);
  const params = { partyId: String(partyId) };
  expect(await mate.call('listPartyCandidates', { params })).toMatchObject({
    status: 403,
    body: { code: 'host_only' },
  });
  expect((await nobody.call('listPartyCandidates', { params })).status).toBe(401);
  const query = { limit: 51 };
  expect((await host.call('listPartyCandidates', { params, query })).status).toBe(400);
});
