import type { Actor } from '#platform/actor.ts';
import { deleteAssistedRecovery } from '../queries/assisted-recoveries.ts';
import { voidCodes } from '../queries/codes.ts';
import type { AccountsTools } from '../tools.ts';

/** The owner keeps the account: what staff began for somebody else ends. */
export async function cancelAssistedRecovery({ db }: AccountsTools, { accountId }: Actor): Promise<void> {
  await db.transaction(async (tx) => {
    if (await deleteAssistedRecovery(tx, accountId)) await voidCodes(tx, accountId);
  });
}
