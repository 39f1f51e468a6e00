import type { Actor } from '#platform/actor.ts';
import { lockAccount } from '../queries/accounts.ts';
import { deleteAssistedRecovery } from '../queries/assisted-recoveries.ts';
import type { AccountsTools } from '../tools.ts';

/** The owner keeps the account: what staff began for somebody else ends, and its code with it, if that was sent. */
export async function cancelAssistedRecovery({ db }: AccountsTools, { accountId }: Actor): Promise<void> {
  await db.transaction(async (tx) => {
    await lockAccount(tx, accountId);
    await deleteAssistedRecovery(tx, accountId);
  });
}
