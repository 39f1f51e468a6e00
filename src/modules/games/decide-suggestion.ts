import type { Static } from 'typebox';
import type { Tx } from '#platform/database.ts';
import { suggestionDecided, suggestionNotFound } from './errors.ts';
import { presentMissedGame } from './present-suggestions.ts';
import { findSuggestion, lockSuggestion, updateSuggestion } from './queries/suggestions.ts';
import type { MissedGame } from './schemas.ts';
import type { GamesTools } from './tools.ts';

/** Closes a suggestion, once. */
export async function decideSuggestion(
  { clock, catalogue }: GamesTools,
  tx: Tx,
  suggestionId: string,
  decision: { gameId: string } | { reason: string },
): Promise<Static<typeof MissedGame>> {
  const suggestion = await lockSuggestion(tx, suggestionId);
  if (!suggestion) throw suggestionNotFound();
  if (suggestion.state !== 'pending') throw suggestionDecided();
  await updateSuggestion(tx, suggestionId, {
    state: 'gameId' in decision ? 'accepted' : 'declined',
    game_id: 'gameId' in decision ? decision.gameId : null,
    reason: 'reason' in decision ? decision.reason : null,
    decided_at: clock.now(),
  });
  return presentMissedGame(await findSuggestion(tx, suggestionId), catalogue());
}
