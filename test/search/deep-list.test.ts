import { expect, test } from 'vitest';
import { type Person, startApp } from '../helpers/app.ts';

const PEOPLE = 150;
const idOf = (place: number) => `00000000-0000-7000-8000-${String(place).padStart(12, '0')}`;

const { signUp, settle, app, db } = await startApp(
  {},
  {
    prepare: ({ app: starting, db: database }) =>
      database.transaction(async (tx) => {
        const createdAt = new Date('2026-11-24T00:00:00Z');
        const places = Array.from({ length: PEOPLE }, (_, place) => place);
        await starting.accounts.importAccounts(
          tx,
          places.map((place) => ({
            accountId: idOf(place),
            username: `player${place}`,
            ageBand: '18_plus' as const,
            locale: 'en' as const,
            createdAt,
            lastActiveAt: createdAt,
          })),
        );
        await starting.profiles.importProfiles(
          tx,
          places.map((place) => ({
            accountId: idOf(place),
            createdAt,
            rating: { mean: 1 + (place % 5), count: 5 },
            games: [{ gameId: 'dota-2', level: 'main' as const, platform: 'windows' as const }],
          })),
        );
      }),
  },
);
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
