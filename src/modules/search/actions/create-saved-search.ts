import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { once } from '#platform/idempotency.ts';
import { cleanLine, countGraphemes } from '#platform/texts.ts';
import { inputFault } from '#platform/validation.ts';
import { tooManySavedSearches } from '../errors.ts';
import { presentSavedSearch } from '../present.ts';
import { findSavedSearches, insertSavedSearch, lockOwner } from '../queries.ts';
import { readFilters } from '../read-filters.ts';
import { NAME_LENGTH, type SavedSearch, type SavedSearchBody } from '../schemas.ts';
import type { SearchTools } from '../tools.ts';

const MOST = 10;

export async function createSavedSearch(
  tools: SearchTools,
  { accountId }: Actor,
  body: Static<typeof SavedSearchBody>,
  key: string | undefined,
): Promise<Static<typeof SavedSearch>> {
  const { name, filters } = body;
  readFilters(tools.games, filters, '/body/filters');
  const line = cleanLine(name);
  const length = countGraphemes(line);
  if (length < 1 || length > NAME_LENGTH) throw inputFault('/body/name', 'length', WRONG_LENGTH);
  return tools.db.transaction((tx) =>
    once(tx, { scope: `createSavedSearch:${accountId}`, key, request: body }, async () => {
      await lockOwner(tx, accountId);
      if ((await findSavedSearches(tx, accountId)).length >= MOST) throw tooManySavedSearches();
      const row = await insertSavedSearch(tx, {
        saved_search_id: tools.ids.next(),
        account_id: accountId,
        name: line,
        filters,
        games: filters.game ?? [],
        created_at: tools.clock.now(),
      });
      return presentSavedSearch(row);
    }),
  );
}

const WRONG_LENGTH = {
  en: `must have 1 to ${NAME_LENGTH} visible characters`,
  ru: `должно быть от 1 до ${NAME_LENGTH} видимых символов`,
};
