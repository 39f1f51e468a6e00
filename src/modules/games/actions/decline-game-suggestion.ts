import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { cleanText } from '#platform/texts.ts';
import { inputFault } from '#platform/validation.ts';
import { decideSuggestion } from '../decide-suggestion.ts';
import type { DeclineSuggestionBody, MissedGame } from '../schemas.ts';
import type { GamesTools } from '../tools.ts';

/** Declines a suggestion; those who made it read the reason. The same game may be suggested again later. */
export async function declineGameSuggestion(
  tools: GamesTools,
  actor: Actor,
  suggestionId: string,
  body: Static<typeof DeclineSuggestionBody>,
): Promise<Static<typeof MissedGame>> {
  const reason = cleanText(body.reason);
  if (reason === '') throw inputFault('/body/reason', 'length', EMPTY);
  return tools.db.transaction(async (tx) => {
    const decided = await decideSuggestion(tools, tx, suggestionId, { reason });
    const details = { name: decided.name };
    await tools.audit(tx, { actor, act: 'game_suggestion.declined', subjectId: suggestionId, reason, details });
    return decided;
  });
}

const EMPTY = { en: 'must have something visible', ru: 'должно содержать хоть один видимый символ' };
