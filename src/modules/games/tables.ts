import type { Selectable } from 'kysely';
import type { Tables } from '#platform/tables.generated.ts';

export const ownedTables = ['games', 'genres', 'catalogue_loads'] as const satisfies readonly (keyof Tables)[];

export type GameRow = Selectable<Tables['games']>;
export type GenreRow = Selectable<Tables['genres']>;
