import type { Static } from 'typebox';
import type { SavedFilters, SavedSearch } from './schemas.ts';
import type { SavedSearchRow } from './tables.ts';

export const presentSavedSearch = (row: SavedSearchRow): Static<typeof SavedSearch> => ({
  savedSearchId: row.saved_search_id,
  name: row.name,
  filters: row.filters as Static<typeof SavedFilters>,
  createdAt: row.created_at,
});
