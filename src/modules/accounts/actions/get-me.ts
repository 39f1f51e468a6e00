import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { unauthenticated } from '#platform/errors.ts';
import { presentAccount } from '../present.ts';
import { findAccount } from '../queries/accounts.ts';
import { findAssistedRecovery } from '../queries/assisted-recoveries.ts';
import type { Account } from '../schemas/sign-in.ts';
import type { AccountsTools } from '../tools.ts';

export async function getMe(tools: AccountsTools, actor: Actor): Promise<Static<typeof Account>> {
  const account = await findAccount(tools.db.read, actor.accountId);
  if (!account) throw unauthenticated();
  const recovery = await findAssistedRecovery(tools.db.read, actor.accountId);
  return presentAccount(tools, account, recovery);
}
