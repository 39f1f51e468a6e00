import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { cleanLine, cleanText } from '#platform/texts.ts';
import { inputFault } from '#platform/validation.ts';
import { presentSuggestion } from '../present-suggestions.ts';
import { lockOrInsertPending, upsertSuggester } from '../queries/suggestions.ts';
import type { GameSuggestionBody, SuggestedGame } from '../schemas.ts';
import { foldGameName } from '../spellings.ts';
import type { GamesTools } from '../tools.ts';

/** Tells the staff of a game that the catalogue lacks, or tells the caller which game of the catalogue it is. */
export async function suggestGame(
  { db, ids, clock, catalogue }: GamesTools,
  { accountId }: Actor,
  { name, comment, platforms = [] }: Static<typeof GameSuggestionBody>,
): Promise<Static<typeof SuggestedGame>> {
  const line = cleanLine(name);
  const key = foldGameName(line).join('');
  if (key === '') throw inputFault('/body/name', 'length', NO_LETTERS);
  const [known] = catalogue().names.search(line);
  if (known?.fit === 0) return { game: known.game };
  const now = clock.now();
  return db.transaction(async (tx) => {
    const suggestion = await lockOrInsertPending(tx, {
      suggestion_id: ids.next(),
      name: line,
      name_key: key,
      created_at: now,
    });
    const mine = {
      suggestion_id: suggestion.suggestion_id,
      account_id: accountId,
      name: line,
      comment: cleanText(comment ?? '') || null,
      platforms: [...new Set(platforms)],
      suggested_at: now,
    };
    await upsertSuggester(tx, mine);
    return { suggestion: presentSuggestion({ ...suggestion, ...mine }, catalogue()) };
  });
}

const NO_LETTERS = { en: 'must have a letter or a digit', ru: 'должно содержать хоть одну букву или цифру' };
