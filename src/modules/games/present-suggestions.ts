import type { Static } from 'typebox';
import type { Catalogue } from './catalogue.ts';
import type { GameSuggestion, MissedGame } from './schemas.ts';
import type { SuggestionOfRow, SuggestionRow, SuggestionWithVoicesRow } from './tables.ts';

/** For the person who suggested it. */
export const presentSuggestion = (row: SuggestionOfRow, catalogue: Catalogue): Static<typeof GameSuggestion> => ({
  suggestionId: row.suggestion_id,
  name: row.name,
  ...(row.comment !== null && { comment: row.comment }),
  platforms: row.platforms,
  createdAt: row.suggested_at,
  ...presentDecision(row, catalogue),
});

/** For the staff. */
export const presentMissedGame = (row: SuggestionWithVoicesRow, catalogue: Catalogue): Static<typeof MissedGame> => ({
  suggestionId: row.suggestion_id,
  name: row.name,
  supporters: row.supporter_count,
  platforms: row.platforms,
  comments: row.comments,
  createdAt: row.created_at,
  ...presentDecision(row, catalogue),
});

function presentDecision(
  { state, game_id, reason, decided_at }: Pick<SuggestionRow, 'state' | 'game_id' | 'reason' | 'decided_at'>,
  catalogue: Catalogue,
) {
  return {
    state,
    ...(game_id !== null && { gameId: catalogue.findGame(game_id)?.gameId ?? game_id }),
    ...(reason !== null && { reason }),
    ...(decided_at !== null && { decidedAt: decided_at }),
  };
}
