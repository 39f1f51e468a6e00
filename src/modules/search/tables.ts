import type { Selectable } from 'kysely';
import type { Tables } from '#platform/tables.generated.ts';

export const ownedTables = ['saved_searches', 'search_matches'] as const satisfies readonly (keyof Tables)[];

export type SavedSearchRow = Selectable<Tables['saved_searches']>;
export type SearchMatchRow = Selectable<Tables['search_matches']>;
