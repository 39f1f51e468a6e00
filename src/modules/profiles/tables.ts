import type { Selectable } from 'kysely';
import type { Tables } from '#platform/tables.generated.ts';
import type { Slot } from './availability.ts';
import type { Contact } from './schemas.ts';

export const ownedTables = ['profiles', 'profile_games'] as const satisfies readonly (keyof Tables)[];

/** The jsonb columns have the shapes of the outside: what writes them has checked them. */
export type ProfileRow = Omit<Selectable<Tables['profiles']>, 'availability' | 'contacts'> & {
  availability: Slot[];
  contacts: Contact[];
};
export type ProfileGameRow = Selectable<Tables['profile_games']>;
export type ProfileWithGamesRow = ProfileRow & { games: ProfileGameRow[] };
