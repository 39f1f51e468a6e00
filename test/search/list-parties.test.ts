import { expect, test } from 'vitest';
import { type Person, startApp } from '../helpers/app.ts';
import type { Body } from '../helpers/client.ts';
import { join, openParty } from '../helpers/parties.ts';

const { nobody, signUp, clock, settle } = await startApp();

async function player(username: string, games: object = {}, profile: object = {}): Promise<Person> {
  const person = await signUp(username);
  await person.call('updateMyProfile', { body: { languages: ['ru'], platforms: ['windows'], ...profile } });
  for (const [gameId, more] of Object.entries(games)) {
    const body = { level: 'main', platform: 'windows', ...(more as object) };
    const { status } = await person.call('putProfileGame', { params: { gameId }, body });
    if (status >= 300) throw new Error(`${username} does not play ${gameId}`);
  }
  return person;
}

const list = (person: Person, query = {}) => person.call('listParties', { query });
const itemsOf = (body: Body) => body.items as unknown as Body[];
const titlesOf = (body: Body) => itemsOf(body).map(({ party }) => String(party?.title));

const dota = { 'dota-2': { rank: 'archon', roles: ['mid'] } };
const alice = await player('alice', dota);
const bob = await player('bob', dota);
const other = await player('other', { 'counter-strike-2': {} }, { languages: ['en'] });

test('whoever suits its people, meets its wishes and need not wait comes first', async () => {
  const startsAt = new Date(clock.now().getTime() + 20 * 3_600_000).toISOString();
  const far = await openParty(bob, { title: 'far', startsAt });
  const ranked = await openParty(bob, {
    title: 'ranked',
    slots: [{}, { role: 'carry' }, { role: 'mid', minRank: 'herald' }],
  });
  const hard = await openParty(bob, { title: 'hard', slots: [{}, { minRank: 'immortal' }] });
  const strange = await openParty(other, { title: 'strange', gameId: 'counter-strike-2' });
  const { body } = await list(alice);
  expect(titlesOf(body)).toEqual(['ranked', 'far', 'hard', 'strange']);
  const [first] = itemsOf(body);
  expect(first).toMatchObject({
    party: { myPart: 'visitor', memberCount: 1 },
    reasons: [{ kind: 'people' }, { kind: 'requirements', slots: [2] }, { kind: 'start' }],
    fit: expect.arrayContaining([expect.objectContaining({ kind: 'shared_games', games: ['dota-2'] })]),
  });
  const scores = itemsOf(body).map(({ score }) => Number(score));
  expect(scores).toEqual(scores.toSorted((a, b) => b - a));

  const titles = async (query: object) => titlesOf((await list(alice, query)).body);
  expect(await titles({ game: 'counter-strike-2' })).toEqual(['strange']);
  expect(await titles({ startsBefore: new Date(clock.now().getTime() + 3_600_000).toISOString() })).not.toContain(
    'far',
  );
  for (const { partyId } of [far, ranked, hard])
    await bob.call('cancelParty', { params: { partyId: String(partyId) } });
  expect(await titles({})).toEqual(['strange']);
  await other.call('cancelParty', { params: { partyId: String(strange.partyId) } });
});

test('filters keep what asks for nothing, and what asks for one of their words', async () => {
  const any = await openParty(bob, { title: 'any' });
  const chosen = await openParty(bob, {
    title: 'chosen',
    languages: ['ru'],
    platform: 'windows',
    region: 'cis',
    voice: 'yes',
  });
  const titles = async (query: object) => titlesOf((await list(alice, query)).body).toSorted();
  for (const query of [{ language: 'ru' }, { platform: 'windows' }, { region: 'cis' }, { voice: 'yes' }]) {
    expect(await titles(query)).toEqual(['any', 'chosen']);
  }
  for (const query of [{ language: 'en' }, { platform: 'mac' }, { region: 'europe' }, { voice: 'no' }]) {
    expect(await titles(query)).toEqual(['any']);
  }
  for (const { partyId } of [any, chosen]) await bob.call('cancelParty', { params: { partyId: String(partyId) } });
});

test('pages neither repeat nor skip, and what has filled up meanwhile is missing', async () => {
  const parties = [];
  for (const title of ['one', 'two', 'three']) parties.push(await openParty(bob, { title, slots: [{}, {}] }));
  const first = (await list(alice, { limit: 2 })).body;
  const carol = await player('carol');
  const rest = parties.filter(({ title }) => !titlesOf(first).includes(String(title)));
  await join(carol, bob, rest[0]?.partyId);
  await openParty(other, { title: 'late' });
  const second = (await list(alice, { limit: 2, cursor: String(first.nextCursor) })).body;
  expect([titlesOf(first).length, titlesOf(second), second.nextCursor]).toEqual([2, [], undefined]);
  expect((await list(bob, { cursor: String(first.nextCursor) })).body.code).toBe('invalid_cursor');
});

test('blocked, hidden, banned and minor hosts are not there, nor is one’s own', async () => {
  const [dave, erin] = [await player('dave', dota), await player('erin', dota)];
  const kid = await signUp('kid', { ageBand: '16_17' });
  await openParty(dave, { title: 'of dave' });
  await openParty(kid, { title: 'of kid' });
  const sees = async (person: Person) => titlesOf((await list(person)).body);
  expect(await sees(erin)).toContain('of dave');
  expect(await sees(erin)).not.toContain('of kid');
  expect(await sees(dave)).not.toContain('of dave');
  expect(await sees(kid)).toEqual([]);
  await erin.call('hideUser', { params: { userId: dave.userId } });
  expect(await sees(erin)).not.toContain('of dave');
  await erin.call('unhideUser', { params: { userId: dave.userId } });
  await dave.call('blockUser', { params: { userId: erin.userId } });
  expect(await sees(erin)).not.toContain('of dave');
  await dave.call('requestDeletion', { body: { password: dave.password } });
  await settle();
  expect(await sees(alice)).not.toContain('of dave');
});

test('one’s own are listed with `mine`, the latest first, over or not', async () => {
  const frank = await player('frank');
  for (const title of ['first', 'second', 'third']) {
    const { partyId } = await openParty(frank, { title });
    clock.advance(1);
    if (title === 'first') await frank.call('cancelParty', { params: { partyId: String(partyId) } });
  }
  const first = (await list(frank, { mine: true, limit: 2 })).body;
  expect(titlesOf(first)).toEqual(['third', 'second']);
  const second = (await list(frank, { mine: true, limit: 2, cursor: String(first.nextCursor) })).body;
  expect(itemsOf(second)).toMatchObject([{ party: { title: 'first', state: 'cancelled', myPart: 'host' } }]);
  expect(await list(frank, { mine: true, game: 'dota-2' })).toMatchObject({ status: 400 });
});

test('guests see that there are parties, and neither names nor words', async () => {
  const { tokens } = (await nobody.call('createGuest', { body: {} })).body;
  const headers = { authorization: `Bearer ${String(tokens?.accessToken)}` };
  const { status, body } = await nobody.call('listParties', { headers });
  expect(status).toBe(200);
  expect(itemsOf(body).length).toBeGreaterThan(0);
  expect(JSON.stringify(body)).not.toMatch(/title|username|chatId/);
  expect((await nobody.call('listParties', { headers, query: { mine: true } })).status).toBe(403);
  expect((await nobody.call('listParties')).status).toBe(401);
});

test.each([
  [{ game: 'half-life-3' }, '/query/game'],
  [{ language: 'russian' }, '/query/language/0'],
  [{ startsBefore: 'soon' }, '/query/startsBefore'],
  [{ sort: 'new' }, '/query/sort'],
])('refuses %j', async (query, path) => {
  expect(await list(alice, query)).toMatchObject({ status: 400, body: { errors: [{ path }] } });
});
