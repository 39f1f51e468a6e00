import { expect, test } from 'vitest';
import { type Person, startApp } from '../helpers/app.ts';

// A second lasts 20 ms here: whoever is away for 15 s is away after 0.3 s.
const node = await startApp({}, { tickMs: 20 });
const { signUp, settle, nobody, db } = node;

const profile = { timeZone: 'Europe/Moscow', region: 'cis', languages: ['ru'], platforms: ['windows'] };
const dota = { level: 'main', rank: 'legend', platform: 'windows' };

async function join(username: string, change: object = {}, game: object = {}): Promise<Person> {
  const person = await signUp(username);
  await person.call('updateMyProfile', { body: { ...profile, ...change } });
  await person.call('putProfileGame', { params: { gameId: 'dota-2' }, body: { ...dota, ...game } });
  return person;
}

const alice = await join('alice');
await settle();
const alone = await alice.call('listTeammates');
const bob = await join('bob', { voice: 'yes', playStyle: 'competitive', genres: ['moba'] });
const carol = await join('carol', { languages: ['ru', 'en'], region: 'oceania', voice: 'no' }, { rank: 'herald' });
const hidden = await join('hidden', { discoverable: false });
await settle();

async function search(query: Record<string, string | string[] | number> = {}) {
  const { body } = await alice.call('listTeammates', { query });
  return (body.items as unknown as { user: { username: string } }[]).map(({ user }) => user.username);
}

test('whoever is the only one gets an empty list', () => {
  expect(alone).toMatchObject({ status: 200, body: { items: [], widened: ['activity', 'games'] } });
});

test('the most suitable comes first; nobody sees themselves or whoever may not be found', async () => {
  expect(await search()).toEqual(['bob', 'carol']);
});

test.each([
  [{ game: 'dota-2' }, ['bob', 'carol']],
  [{ game: ['dota-2', 'rust'] }, ['bob', 'carol']],
  [{ game: 'rust' }, []],
  [{ language: 'en' }, ['carol']],
  [{ language: 'de' }, []],
  [{ genre: 'moba' }, ['bob']],
  [{ voice: 'no' }, ['carol']],
  [{ playStyle: 'competitive' }, ['bob']],
  [{ game: 'dota-2', minRank: 'archon' }, ['bob']],
  [{ game: 'dota-2', maxRank: 'archon' }, ['carol']],
  [{ ageBand: '16_17' }, []],
  [{ minRating: 5 }, []],
])('filters by %j', async (query, names) => {
  expect(await search(query)).toEqual(names);
});

test('a soft wish is given up when too few pass, and the answer says so', async () => {
  const { body } = await alice.call('listTeammates', { query: { region: 'oceania' } });
  expect(body.widened).toContain('region');
});

test('a change is in the next search once its event is handled', async () => {
  const dave = await join('dave');
  await settle();
  expect(await search()).toContain('dave');
  await dave.call('updateMyProfile', { body: { discoverable: false } });
  await settle();
  expect(await search()).not.toContain('dave');
});

test('pages neither repeat nor skip, whatever changes between them', async () => {
  for (let i = 0; i < 5; i += 1) await join(`extra${i}`);
  await settle();
  const whole = await search({ limit: 100 });
  const first = await alice.call('listTeammates', { query: { limit: 3 } });
  await join('latecomer');
  await settle();
  const seen = [...(first.body.items as unknown as { user: { username: string }; reasons: unknown[] }[])];
  for (let cursor = first.body.nextCursor; cursor; ) {
    const next = await alice.call('listTeammates', { query: { limit: 3, cursor: String(cursor) } });
    seen.push(...(next.body.items as unknown as typeof seen));
    cursor = next.body.nextCursor;
  }
  expect(seen.map(({ user }) => user.username)).toEqual(whole);
  for (const { reasons } of seen) expect(reasons.length).toBeGreaterThan(0);
});

test.each([
  [{ game: 'no-such-game' }, '/query/game'],
  [{ genre: 'no-such-genre' }, '/query/genre'],
  [{ game: 'dota-2', minRank: 'no-such-rank' }, '/query/minRank'],
  [{ minRank: 'legend' }, '/query/game'],
  [{ game: 'dota-2', minRank: 'immortal', maxRank: 'herald' }, '/query/minRank'],
  [{ game: Array.from({ length: 1_000 }, (_, i) => `game-${i}`) }, '/query/game'],
  [{ minRating: 6 }, '/query/minRating'],
  [{ availableAt: 'tomorrow' }, '/query/availableAt'],
  [{ limit: 1_000_000_000 }, '/query/limit'],
  [{ sort: 'email' }, '/query/sort'],
])('refuses %j', async (query, path) => {
  const answer = await alice.call('listTeammates', { query });
  expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
  expect(answer.body.errors).toContainEqual(expect.objectContaining({ path }));
});

test('forged and foreign cursors are refused, and one whose order is not kept any more', async () => {
  const { body } = await alice.call('listTeammates', { query: { limit: 1 } });
  const own = String(body.nextCursor);
  // It knows the signature, and nothing of what was searched for.
  const next = await startApp({}, { beside: node });
  for (const [person, cursor] of [
    [alice, `${own.slice(0, -2)}AA`],
    [alice, 'bm90IGEgY3Vyc29y'],
    [bob, own],
    [next.visit(alice), own],
  ] as const) {
    expect(await person.call('listTeammates', { query: { cursor } })).toMatchObject({
      status: 400,
      body: { code: 'invalid_cursor' },
    });
  }
});

test('a person without a profile gets an answer, nobody gets none', async () => {
  const erin = await signUp('erin');
  expect((await erin.call('listTeammates')).status).toBe(200);
  expect((await nobody.call('listTeammates')).status).toBe(401);
});

test('explainFit says why, part by part, and knows nobody who may not be found', async () => {
  const { body } = await alice.call('explainFit', { params: { userId: bob.userId } });
  expect(body).toMatchObject({ userId: bob.userId });
  expect(body.reasons).toContainEqual(expect.objectContaining({ kind: 'shared_games', games: ['dota-2'] }));
  const parts = body.parts as unknown as { name: string; value: number }[];
  // Neither when they were there last nor how many wait for their answer.
  const told = 'games time language region genres platform voice playStyle standing';
  expect(parts.map(({ name }) => name).join(' ')).toBe(told);
  expect(parts.find(({ name }) => name === 'games')?.value).toBeGreaterThan(0);
  expect(parts.reduce((sum, { value }) => sum + value, 0)).toBeCloseTo(Number(body.score), 3);
  expect(await alice.call('explainFit', { params: { userId: hidden.userId } })).toMatchObject({ status: 404 });
  expect(await alice.call('explainFit', { params: { userId: alice.userId } })).toMatchObject({ status: 404 });
  expect(await alice.call('explainFit', { params: { userId: carol.sessionId } })).toMatchObject({ status: 404 });
});

test('whom one of two did not wish for is in neither list, until the wish is taken back', async () => {
  const [wanda, yuri] = [
    await join('wanda', { languages: ['eo'], voice: 'yes' }),
    await join('yuri', { languages: ['eo'] }),
  ];
  const listOf = async (person: Person) => {
    await settle();
    const { body } = await person.call('listTeammates', { query: { language: 'eo' } });
    return (body.items as unknown as { user: { username: string } }[]).map(({ user }) => user.username);
  };
  const lists = async () => [await listOf(wanda), await listOf(yuri)];
  expect(await lists()).toEqual([['yuri'], ['wanda']]);
  for (const wishes of [{ voice: 'no' }, { minRating: 4 }, { languages: ['de'] }, { platforms: ['xbox'] }]) {
    const { status, body } = await yuri.call('updateMyProfile', { body: { wishes } });
    expect({ status, wishes: body.wishes }).toEqual({ status: 200, wishes });
    expect(await lists()).toEqual([[], []]);
    expect(await wanda.call('explainFit', { params: { userId: yuri.userId } })).toMatchObject({ status: 404 });
  }
  await yuri.call('updateMyProfile', { body: { wishes: { languages: ['eo', 'de'], voice: 'yes', minRating: 3.5 } } });
  expect(await lists()).toEqual([['yuri'], ['wanda']]);
  expect((await wanda.call('getUser', { params: { userId: yuri.userId } })).body).not.toHaveProperty('wishes');
  await yuri.call('updateMyProfile', { body: { wishes: {} } });
  expect((await yuri.call('getMyProfile')).body.wishes).toEqual({});
});

test('online people are found as long as they let strangers know', async () => {
  expect(await search({ online: 'true' })).toEqual([]);
  const bobs = await bob.connect();
  const carols = await carol.connect();
  await expect.poll(() => search({ online: 'true' })).toEqual(['bob', 'carol']);
  const { body } = await alice.call('getUser', { params: { userId: bob.userId } });
  expect(body.presence).toEqual({ isOnline: true });

  await carol.call('updateMyProfile', { body: { presenceVisibility: 'teammates' } });
  await settle();
  expect(await search({ online: 'true' })).toEqual(['bob']);
  const { body: card } = await alice.call('getUser', { params: { userId: carol.userId } });
  expect(card.presence).toBeUndefined();
  expect(await search({ online: 'false' })).toContain('carol');

  await carol.call('updateMyProfile', { body: { presenceVisibility: 'everyone' } });
  await settle();
  expect(await search({ online: 'true' })).toEqual(['bob', 'carol']);
  bobs.close();
  carols.close();
  await expect.poll(() => search({ online: 'true' })).toEqual([]);
});

test('guests see the first twenty adults, how they play, and nothing that leads to them', async () => {
  const mentor = await signUp('mentor');
  await mentor.call('updateMyProfile', {
    body: {
      ...profile,
      bio: 'call me',
      lookingFor: 'a duo',
      country: 'RU',
      availability: [{ day: 'mon', from: '18:00', to: '20:00' }],
      contacts: [{ kind: 'discord', value: 'mentor', visibility: 'everyone' }],
    },
  });
  await mentor.call('putProfileGame', { params: { gameId: 'dota-2' }, body: { ...dota, inGameName: 'mentor#1' } });
  const junior = await signUp('junior', { ageBand: '13_15' });
  await junior.call('updateMyProfile', { body: profile });
  for (let i = 0; i < 20; i += 1) await signUp(`crowd${i}`);
  await settle();

  const { body: signedIn } = await nobody.call('createGuest', { body: {} });
  const headers = { authorization: `Bearer ${signedIn.tokens?.accessToken}` };
  const ask = (query: Record<string, string | number>) => nobody.call('listTeammates', { query, headers });
  const { status, body } = await ask({ limit: 100 });
  const items = body.items as unknown as { user: Record<string, unknown> & { username: string } }[];
  expect(status).toBe(200);
  expect(items).toHaveLength(20);
  expect(body).not.toHaveProperty('nextCursor');
  expect(items.map(({ user }) => user.username)).not.toContain('junior');

  const found = (await ask({ game: 'dota-2' })).body.items as unknown as typeof items;
  const card = found.find(({ user }) => user.username === 'mentor')?.user;
  expect(card).toMatchObject({ contacts: [], availability: [], games: [{ gameId: 'dota-2', level: 'main' }] });
  for (const secret of ['call me', 'a duo', 'mentor#1', 'RU', 'Europe/Moscow'])
    expect(JSON.stringify(card)).not.toContain(secret);
  expect((await ask({ availableAt: '2026-11-23T18:00:00Z' })).status).toBe(403);
  expect((await ask({ online: 'true' })).status).toBe(403);
  expect((await nobody.call('createSavedSearch', { body: { name: 'x', filters: {} }, headers })).status).toBe(403);
});

test('the card of whoever is banned is never shown, even before the index knows', async () => {
  await db.statement.updateTable('accounts').set({ state: 'banned' }).where('account_id', '=', carol.userId).execute();
  const { body } = await alice.call('listTeammates');
  const names = (body.items as unknown as { user: { username: string } }[]).map(({ user }) => user.username);
  expect(names).not.toContain('carol');
});
