import type { Tx } from '#platform/database.ts';
import { securityNoted } from './events.ts';
import { deleteSavedCodes } from './queries/codes.ts';
import { deleteTotp } from './queries/totp.ts';
import { forgiveSignIn } from './sign-in-locks.ts';
import type { AccountsTools } from './tools.ts';

/** Switches two-step sign-in off, with its saved codes and its lock. Returns whether it was on. */
export async function dropTotp(tools: AccountsTools, tx: Tx, accountId: string): Promise<boolean> {
  await deleteSavedCodes(tx, accountId, 'totp');
  await forgiveSignIn(tools, tx, { account: { account_id: accountId }, typed: '', isSecondFactor: true });
  if (!(await deleteTotp(tx, accountId))) return false;
  await tools.announce(tx, securityNoted, { accountId, code: 'totp_off' });
  return true;
}
