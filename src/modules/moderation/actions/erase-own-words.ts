import type { Tx } from '#platform/database.ts';
import { eraseEventTexts } from '#platform/erase-event-texts.ts';
import { deleteAppealsOf } from '../queries/appeals.ts';
import { clearSanctionWords } from '../queries/sanctions.ts';
import { deleteFirstWordsOf } from '../queries/text-rules.ts';

/**
 * Nobody is left to appeal or to be written to. That there was a sanction stays, and reports stay with their evidence
 * until it is purged: whoever harms others does not get rid of it by leaving.
 */
export async function eraseOwnWords(tx: Tx, accountId: string): Promise<void> {
  await deleteAppealsOf(tx, accountId);
  await clearSanctionWords(tx, accountId);
  await deleteFirstWordsOf(tx, accountId);
  await eraseEventTexts(tx, accountId);
}
