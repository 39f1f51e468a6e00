import type { Static } from 'typebox';
import type { Queryable } from '#platform/database.ts';
import type { Catalogue } from './catalogue.ts';
import { presentMissedGame } from './present-suggestions.ts';
import { findFirstSuggester, findSuggestion } from './queries/suggestions.ts';
import type { MissedGame } from './schemas.ts';

/** A suggestion with whoever answers for it; nothing when it is not there. */
export async function findReportableSuggestion(
  db: Queryable,
  suggestionId: string,
  catalogue: Catalogue,
): Promise<{ suggestion: Static<typeof MissedGame>; firstSuggesterId: string } | undefined> {
  const firstSuggesterId = await findFirstSuggester(db, suggestionId);
  if (firstSuggesterId === undefined) return undefined;
  return { suggestion: presentMissedGame(await findSuggestion(db, suggestionId), catalogue), firstSuggesterId };
}
