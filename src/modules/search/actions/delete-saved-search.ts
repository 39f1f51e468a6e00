import type { Actor } from '#platform/actor.ts';
import { savedSearchNotFound } from '../errors.ts';
import { deleteSavedSearch as deleteRow } from '../queries.ts';
import type { SearchTools } from '../tools.ts';

/** Who was found for it stays known, so that the same search made anew does not tell of the same people again. */
export async function deleteSavedSearch(
  { db }: SearchTools,
  { accountId }: Actor,
  savedSearchId: string,
): Promise<void> {
  if (!(await deleteRow(db.statement, accountId, savedSearchId))) throw savedSearchNotFound();
}
