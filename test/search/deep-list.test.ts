import { expect, test } from 'vitest';
import { type Person, startApp } from '../helpers/app.ts';
import { fillWithPlayers, PEOPLE } from './many-players.ts';

const { signUp, settle, app, db, clock } = await startApp({}, { prepare: fillWithPlayers });
const alice = await signUp('alice');
await alice.call('putProfileGame', { params: { gameId: 'dota-2' }, body: { level: 'main', platform: 'windows' } });
await settle();

type Found = { user: { userId: string }; score: number; reasons: unknown[] };

async function page(person: Person, cursor: string | undefined) {
  const { body } = await person.call('listTeammates', { query: { limit: 30, ...(cursor && { cursor }) } });
  return { items: body.items as unknown as Found[], next: body.nextCursor as string | undefined };
}

test('all of a long list comes in one order, whatever becomes of those who were seen', async () => {
  const seen: Found[] = [];
  for (let next: string | undefined, first = true; first || next !== undefined; first = false) {
    const { items, next: following } = await page(alice, next);
    expect(items.length).toBeGreaterThan(0);
    seen.push(...items);
    next = following;
    // Whoever was first sinks; who is asked for the rest of the list now finds them last.
    const best = seen[0]?.user.userId ?? '';
    await db.transaction((tx) => app.profiles.setRating(tx, best, { mean: 1, count: 9 }));
    await settle();
  }
  expect(new Set(seen.map(({ user }) => user.userId)).size).toBe(PEOPLE);
  expect(seen).toHaveLength(PEOPLE);
  const scores = seen.map(({ score }) => score);
  expect(scores).toEqual(scores.toSorted((a, b) => b - a));
  for (const { reasons } of seen) expect(reasons.length).toBeGreaterThan(0);
});

test('two requests for the same deep page get the same', async () => {
  let next: string | undefined;
  for (let turned = 0; turned < 3; turned += 1) ({ next } = await page(alice, next));
  const [one, other] = await Promise.all([page(alice, next), page(alice, next)]);
  expect(one.items.map(({ user }) => user.userId)).toEqual(other.items.map(({ user }) => user.userId));
});

test('who may not stand in the list any more is missing on a later page, whatever the order says', async () => {
  const [bob, carol, dave, erin] = [await join('bob'), await join('carol'), await join('dave'), await join('erin')];
  await settle();
  const ids = [bob, carol, dave, erin].map(({ userId }) => userId);
  // Three of the four are left for the second page.
  const first = await alice.call('listTeammates', { query: { limit: 1, language: 'eo' } });
  await alice.call('hideUser', { params: { userId: bob.userId } });
  await carol.call('blockUser', { params: { userId: alice.userId } });
  await dave.call('updateMyProfile', {
    body: { vacationUntil: new Date(clock.now().getTime() + 86_400_000).toISOString() },
  });
  await erin.call('updateMyProfile', { body: { discoverable: false } });
  const next = await alice.call('listTeammates', { query: { limit: 30, cursor: String(first.body.nextCursor) } });
  expect(next.status).toBe(200);
  const shown = (next.body.items as unknown as Found[]).map(({ user }) => user.userId);
  expect(ids.filter((userId) => shown.includes(userId))).toEqual([]);
});

async function join(name: string) {
  const person = await signUp(name);
  await person.call('putProfileGame', { params: { gameId: 'dota-2' }, body: { level: 'main', platform: 'windows' } });
  await person.call('updateMyProfile', { body: { languages: ['eo'] } });
  return person;
}
