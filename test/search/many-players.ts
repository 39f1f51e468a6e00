import type { startApp } from '../helpers/app.ts';

export const PEOPLE = 150;

const idOf = (place: number) => `00000000-0000-7000-8000-${String(place).padStart(12, '0')}`;

/** More players of one game than the first pages of a list look up, with five different ratings. */
export const fillWithPlayers: NonNullable<NonNullable<Parameters<typeof startApp>[1]>['prepare']> = ({ app, db }) =>
  db.transaction(async (tx) => {
    const createdAt = new Date('2026-11-24T00:00:00Z');
    const places = Array.from({ length: PEOPLE }, (_, place) => place);
    await app.accounts.importAccounts(
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
    await app.profiles.importProfiles(
      tx,
      places.map((place) => ({
        accountId: idOf(place),
        createdAt,
        rating: { mean: 1 + (place % 5), count: 5 },
        games: [{ gameId: 'dota-2', level: 'main' as const, platform: 'windows' as const }],
      })),
    );
  });
