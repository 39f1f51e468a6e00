import type { Selectable } from 'kysely';
import type { Tables } from '#platform/tables.generated.ts';
import type { Game, Genre } from './schemas.ts';

export const ownedTables = [
  'games',
  'genres',
  'catalogue_loads',
  'retired_slugs',
  'game_suggestions',
  'game_suggesters',
] as const satisfies readonly (keyof Tables)[];

/** The jsonb columns have the shapes of the outside: what writes them has checked them. */
export type GameRow = Omit<Selectable<Tables['games']>, 'name' | 'ladder' | 'roles'> &
  Pick<Game, 'name' | 'ladder' | 'roles'>;
export type GenreRow = Omit<Selectable<Tables['genres']>, 'name'> & Pick<Genre, 'name'>;
export type RetiredSlugRow = Selectable<Tables['retired_slugs']>;

export type SuggestionRow = Selectable<Tables['game_suggestions']>;
export type SuggestionWithVoicesRow = SuggestionRow & { platforms: string[]; comments: string[] };
export type SuggestionOfRow = Selectable<Tables['game_suggesters']> &
  Pick<SuggestionRow, 'state' | 'game_id' | 'reason' | 'decided_at'>;
