import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { presentSavedSearch } from '../present.ts';
import { findSavedSearches } from '../queries.ts';
import type { SavedSearches } from '../schemas.ts';
import type { SearchTools } from '../tools.ts';

export async function listSavedSearches(
  { db }: SearchTools,
  { accountId }: Actor,
): Promise<Static<typeof SavedSearches>> {
  const rows = await findSavedSearches(db.read, accountId);
  return { items: rows.map(presentSavedSearch) };
}
