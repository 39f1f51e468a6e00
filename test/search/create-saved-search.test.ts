import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { type Person, startApp } from '../helpers/app.ts';
import { findAnnounced } from '../helpers/events.ts';

const { app, signUp, settle, clock, db } = await startApp();
const dota = { level: 'main', rank: 'legend', platform: 'windows' };
const habits = { languages: ['ru'], platforms: ['windows'], region: 'cis' };

/** Moves the clock on to the next time that it is so many o'clock in UTC. */
function waitForHour(hour: number): void {
  const now = clock.now();
  const seconds = now.getUTCHours() * 3_600 + now.getUTCMinutes() * 60 + now.getUTCSeconds();
  clock.advance((hour * 3_600 - seconds + 86_400) % 86_400 || 86_400);
}

async function join(username: string, change: object = {}): Promise<Person> {
  const person = await signUp(username);
  await person.call('updateMyProfile', { body: { ...habits, timeZone: 'Europe/London', ...change } });
  await person.call('putProfileGame', { params: { gameId: 'dota-2' }, body: dota });
  return person;
}

async function follow(person: Person, filters: object = { game: ['dota-2'] }): Promise<string> {
  const { status, body } = await person.call('createSavedSearch', { body: { name: 'Evening team', filters } });
  expect(status).toBe(201);
  return String(body.savedSearchId);
}

/** Whom these people were told of, oldest first. */
async function toldOf(person: Person): Promise<string[]> {
  await settle();
  const told = (await findAnnounced(db, 'search.match_found')) as { accountId: string; matchId: string }[];
  return told.filter(({ accountId }) => accountId === person.userId).map(({ matchId }) => matchId);
}

// Noon in London, whatever the season.
beforeAll(() => waitForHour(12));

test('the owner is told of somebody new who fits well, and of nobody else', async () => {
  const alice = await join('alice');
  const savedSearchId = await follow(alice, { game: ['dota-2'], region: ['cis'] });
  const bob = await join('bob');
  await join('far', { region: 'oceania' });
  await join('foreign', { languages: ['de'] });
  await join('hidden', { discoverable: false });
  const chess = await signUp('otherwise');
  await chess.call('updateMyProfile', { body: habits });
  expect(await toldOf(alice)).toEqual([bob.userId]);
  expect(await findAnnounced(db, 'search.match_found')).toEqual([
    { accountId: alice.userId, savedSearchId, matchId: bob.userId },
  ]);
  await alice.call('deleteSavedSearch', { params: { savedSearchId } });
});

test('never twice of one person in 30 days, even by another search; again after that', async () => {
  const carol = await join('carol');
  const dave = await join('dave');
  await settle();
  const first = await follow(carol, { game: ['dota-2'], playStyle: 'competitive' });
  await dave.call('updateMyProfile', { body: { playStyle: 'competitive' } });
  expect(await toldOf(carol)).toEqual([dave.userId]);
  await dave.call('updateMyProfile', { body: { bio: 'hello' } });
  await carol.call('deleteSavedSearch', { params: { savedSearchId: first } });
  await follow(carol, { game: ['dota-2'], playStyle: 'competitive' });
  await dave.call('updateMyProfile', { body: { bio: 'hello again' } });
  expect(await toldOf(carol)).toEqual([dave.userId]);

  clock.advance(31 * 86_400);
  const later = await dave.signInAgain();
  await later.call('updateMyProfile', { body: { bio: 'still here' } });
  expect(await toldOf(carol)).toEqual([dave.userId, dave.userId]);
  const again = await carol.signInAgain();
  const { body } = await again.call('listSavedSearches');
  for (const { savedSearchId } of body.items as unknown as { savedSearchId: string }[])
    await again.call('deleteSavedSearch', { params: { savedSearchId } });
});

test('what is found in the night of the owner waits for nine in the morning', async () => {
  // In Vladivostok it is ten hours later than in UTC: 13:00 is 23:00 there.
  waitForHour(13);
  const erin = await join('erin', { timeZone: 'Asia/Vladivostok' });
  const savedSearchId = await follow(erin);
  const frank = await join('frank');
  expect(await toldOf(erin)).toEqual([]);
  waitForHour(22);
  await app.search.announceWaiting();
  expect(await toldOf(erin)).toEqual([]);
  waitForHour(23);
  await app.search.announceWaiting();
  expect(await toldOf(erin)).toEqual([frank.userId]);
  await (await erin.signInAgain()).call('deleteSavedSearch', { params: { savedSearchId } });
});

test('whoever is blocked while they wait is not told of', async () => {
  waitForHour(13);
  const gina = await join('gina', { timeZone: 'Asia/Vladivostok' });
  const savedSearchId = await follow(gina);
  const harry = await join('harry');
  await settle();
  await gina.call('blockUser', { params: { userId: harry.userId } });
  await gina.call('deleteSavedSearch', { params: { savedSearchId } });
  waitForHour(23);
  await app.search.announceWaiting();
  expect(await toldOf(gina)).toEqual([]);
});

test('at most three in 24 hours; the rest comes later', async () => {
  waitForHour(12);
  const ivan = await join('ivan');
  const savedSearchId = await follow(ivan);
  for (let i = 0; i < 5; i += 1) await join(`new${i}`);
  expect(await toldOf(ivan)).toHaveLength(3);
  clock.advance(23 * 3_600);
  await app.search.announceWaiting();
  expect(await toldOf(ivan)).toHaveLength(3);
  clock.advance(2 * 3_600);
  await app.search.announceWaiting();
  expect(new Set(await toldOf(ivan)).size).toBe(5);
  await (await ivan.signInAgain()).call('deleteSavedSearch', { params: { savedSearchId } });
});

test('teammates and blocked people are no news', async () => {
  waitForHour(12);
  const kate = await join('kate');
  const leo = await join('leo');
  const mike = await join('mike');
  await settle();
  const { body } = await kate.call('createTeammateRequest', { body: { userId: leo.userId } });
  await leo.call('acceptTeammateRequest', { params: { requestId: String(body.requestId) } });
  await mike.call('blockUser', { params: { userId: kate.userId } });
  await follow(kate);
  for (const person of [leo, mike]) await person.call('updateMyProfile', { body: { bio: 'changed' } });
  expect(await toldOf(kate)).toEqual([]);
});

test('ten at most, with the faults of the list, and each sees only their own', async () => {
  const nina = await signUp('nina');
  const oleg = await signUp('oleg');
  const ids: string[] = [];
  for (let i = 0; i < 10; i += 1) ids.push(await follow(nina, {}));
  expect(await nina.call('createSavedSearch', { body: { name: 'eleventh', filters: {} } })).toMatchObject({
    status: 409,
    body: { code: 'too_many_saved_searches' },
  });
  const { body } = await nina.call('listSavedSearches');
  expect((body.items as unknown as { savedSearchId: string }[]).map(({ savedSearchId }) => savedSearchId)).toEqual(
    ids.toSorted(),
  );
  const params = { savedSearchId: ids[0] ?? '' };
  expect((await oleg.call('deleteSavedSearch', { params })).status).toBe(404);
  expect((await nina.call('deleteSavedSearch', { params })).status).toBe(204);
  expect((await nina.call('deleteSavedSearch', { params })).status).toBe(404);
  for (const [wrong, path] of [
    [{ name: 'x', filters: { game: ['no-such-game'] } }, '/body/filters/game'],
    [{ name: 'x', filters: { minRank: 'legend' } }, '/body/filters/game'],
    [{ name: 'x', filters: { minRating: 6 } }, '/body/filters/minRating'],
    [{ name: ' \u200B ', filters: {} }, '/body/name'],
    [{ name: 'x'.repeat(61), filters: {} }, '/body/name'],
    [{ name: 'x', filters: { online: true } }, '/body/filters/online'],
  ] as const) {
    const answer = await nina.call('createSavedSearch', { body: wrong });
    expect(answer).toMatchObject({ status: 400 });
    expect(answer.body.errors).toContainEqual(expect.objectContaining({ path }));
  }
});

test('with the account all of it goes', async () => {
  const paul = await join('paul');
  await follow(paul);
  await settle();
  await db.transaction((tx) =>
    tx
      .insertInto('outbox_events')
      .values({ type: 'accounts.account_erased', payload: JSON.stringify({ accountId: paul.userId }) })
      .execute(),
  );
  await settle();
  expect((await paul.call('listSavedSearches')).body.items).toEqual([]);
});

test('the same key makes one saved search, and gets it back', async () => {
  const repeater = await signUp('repeater');
  const headers = { 'idempotency-key': randomUUID() };
  const repeat = (name: string) =>
    repeater.call('createSavedSearch', { body: { name, filters: { game: ['dota-2'] } }, headers });
  const answers = await Promise.all(Array.from({ length: 12 }, () => repeat('One')));
  expect(new Set(answers.map(({ status, body }) => `${status} ${JSON.stringify(body)}`)).size).toBe(1);
  expect((await repeater.call('listSavedSearches')).body.items).toEqual([answers[0]?.body]);
  expect(await repeat('Another')).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } });
});

test('a search for one of the games is found among any number of searches for others', async () => {
  const [henry, iris] = [await join('henry'), await join('iris')];
  await settle();
  await sql`
    insert into saved_searches (saved_search_id, account_id, name, filters, games, created_at)
    select gen_random_uuid(), ${iris.userId}, 'Other', '{}', '{rust}', now() from generate_series(1, 20000)`.execute(
    db.read,
  );
  await follow(henry, { game: ['terraria'] });
  await iris.call('putProfileGame', { params: { gameId: 'terraria' }, body: { level: 'main', platform: 'windows' } });
  expect(await toldOf(henry)).toEqual([iris.userId]);
});
