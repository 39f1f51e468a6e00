import { type Static, Type } from 'typebox';
import { DEFAULT_LIMIT } from '#platform/paging.ts';
import { presentMissedGame } from '../present-suggestions.ts';
import { findSuggestions } from '../queries/suggestions.ts';
import type { MissedGamePage, SuggestionsQuery } from '../schemas.ts';
import type { GamesTools } from '../tools.ts';

const Place = Type.Object({ supporters: Type.Integer(), suggestionId: Type.String() });

/** Games that players miss, the most wanted first. */
export async function listGameSuggestions(
  { db, cursors, catalogue }: GamesTools,
  { limit = DEFAULT_LIMIT, cursor, state = 'pending' }: Static<typeof SuggestionsQuery>,
): Promise<Static<typeof MissedGamePage>> {
  const purpose = `listGameSuggestions:${state}`;
  const after = cursor === undefined ? undefined : cursors.open(purpose, Place, cursor);
  const rows = await findSuggestions(db.read, state, limit + 1, after);
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return {
    items: shown.map((row) => presentMissedGame(row, catalogue())),
    ...(last && {
      nextCursor: cursors.seal(purpose, { supporters: last.supporter_count, suggestionId: last.suggestion_id }),
    }),
  };
}
