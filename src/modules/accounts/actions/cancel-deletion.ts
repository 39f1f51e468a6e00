import type { Actor } from '#platform/actor.ts';
import { updateAccount } from '../queries/accounts.ts';
import type { AccountsTools } from '../tools.ts';

/** Keeps the account while the grace period runs. Once more is no error. */
export async function cancelDeletion({ db }: AccountsTools, { accountId }: Actor): Promise<void> {
  await db.transaction((tx) => updateAccount(tx, accountId, { deletion_due_at: null }));
}
