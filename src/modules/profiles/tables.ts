import type { Selectable } from 'kysely';
import type { Tables } from '#platform/tables.generated.ts';
import type { Slot } from './availability.ts';
import type { Contact, ProfileWishes } from './schemas.ts';

export const ownedTables = ['profiles', 'profile_games'] as const satisfies readonly (keyof Tables)[];

/** The jsonb columns have the shapes of the outside: what writes them has checked them. */
export type ProfileRow = Omit<Selectable<Tables['profiles']>, 'availability' | 'contacts' | 'wishes'> & {
  availability: Slot[];
  contacts: Contact[];
  wishes: ProfileWishes;
};
export type ProfileGameRow = Selectable<Tables['profile_games']>;

/** What the search asks of a profile and of its games. */
export const SEARCHED = [
  'languages',
  'platforms',
  'accepts_crossplay',
  'genres',
  'region',
  'voice',
  'play_style',
  'time_zone',
  'availability',
  'rating_mean',
  'rating_count',
  'is_discoverable',
  'vacation_until',
  'presence_visibility',
  'wishes',
] as const satisfies readonly (keyof ProfileRow)[];
export type SearchedProfileRow = Pick<ProfileRow, (typeof SEARCHED)[number]>;
export type SearchedGameRow = Pick<ProfileGameRow, 'game_id' | 'level' | 'hours_played' | 'rank'>;

export type ProfileWithGamesRow = ProfileRow & { games: ProfileGameRow[] };
