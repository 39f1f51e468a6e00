import type { Tx } from '#platform/database.ts';
import { presentSavedSearch } from '../present.ts';
import { lockSavedSearchesOf, updateFilters } from '../queries.ts';
import type { SavedSearchRow } from '../tables.ts';
import type { SearchTools } from '../tools.ts';

/** Saved searches that name a game ask for the one that it was merged into; ranks that it does not have are dropped. */
export async function followMerge(
  { games }: Pick<SearchTools, 'games'>,
  tx: Tx,
  { gameId, intoGameId }: { gameId: string; intoGameId: string },
): Promise<void> {
  // Of the database: this node may not have heard of a new game yet, and the event comes once.
  const game = await games.holdGame(tx, intoGameId);
  if (!game) return;
  const isRank = (rank: string) => game.ladder.some(({ slug }) => slug === rank);
  for (const row of await lockSavedSearchesOf(tx, gameId)) {
    const { minRank, maxRank, ...rest } = filtersOf(row);
    const asked = [...new Set((rest.game ?? []).map((slug) => (slug === gameId ? game.gameId : slug)))];
    const filters = {
      ...rest,
      game: asked,
      ...(minRank !== undefined && isRank(minRank) && { minRank }),
      ...(maxRank !== undefined && isRank(maxRank) && { maxRank }),
    };
    await updateFilters(tx, row.saved_search_id, filters, asked);
  }
}

const filtersOf = (row: SavedSearchRow) => presentSavedSearch(row).filters;
