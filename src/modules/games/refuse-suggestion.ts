import type { Tx } from '#platform/database.ts';
import { deleteComments, lockSuggestion, updateSuggestion } from './queries/suggestions.ts';
import type { GamesTools } from './tools.ts';

/** What moderators take away: nobody reads its comments any more, and those who made it read that it broke the rules. */
export async function refuseSuggestion({ clock }: GamesTools, tx: Tx, suggestionId: string): Promise<void> {
  const suggestion = await lockSuggestion(tx, suggestionId);
  if (!suggestion) return;
  await deleteComments(tx, suggestionId);
  if (suggestion.state !== 'pending') return;
  const decidedAt = clock.now();
  await updateSuggestion(tx, suggestionId, {
    state: 'declined',
    game_id: null,
    reason: BROKE_RULES,
    decided_at: decidedAt,
  });
}

/** One line for all who made it, whatever they read. */
const BROKE_RULES = 'Against the rules. / Нарушает правила.';
