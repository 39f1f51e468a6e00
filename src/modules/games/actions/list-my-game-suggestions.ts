import { type Static, Type } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { DEFAULT_LIMIT } from '#platform/paging.ts';
import { presentSuggestion } from '../present-suggestions.ts';
import { findSuggestionsOf } from '../queries/suggestions.ts';
import type { GameSuggestionPage, PageQuery } from '../schemas.ts';
import type { GamesTools } from '../tools.ts';

/** What the caller suggested and what became of it, the latest first. */
export async function listMyGameSuggestions(
  { db, cursors, catalogue }: GamesTools,
  { accountId }: Actor,
  { limit = DEFAULT_LIMIT, cursor }: Static<typeof PageQuery>,
): Promise<Static<typeof GameSuggestionPage>> {
  const purpose = `listMyGameSuggestions:${accountId}`;
  const before = cursor === undefined ? undefined : cursors.open(purpose, Type.String(), cursor);
  const rows = await findSuggestionsOf(db.read, accountId, limit + 1, before);
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return {
    items: shown.map((row) => presentSuggestion(row, catalogue())),
    ...(last && { nextCursor: cursors.seal(purpose, last.suggestion_id) }),
  };
}
