import type { Tx } from '#platform/database.ts';
import { queueAppleRevocation } from './apple-jobs.ts';
import { securityNoted } from './events.ts';
import { deleteAppleIdentity } from './queries/apple.ts';
import type { AccountsTools } from './tools.ts';

/** Closes this way in, if there is one, and has Apple told. Returns whether there was. */
export async function dropApple(tools: AccountsTools, tx: Tx, accountId: string): Promise<boolean> {
  await queueAppleRevocation(tools, tx, accountId);
  if (!(await deleteAppleIdentity(tx, accountId))) return false;
  await tools.announce(tx, securityNoted, { accountId, code: 'apple_unlinked' });
  return true;
}
