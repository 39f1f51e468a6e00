import type { Actor } from '#platform/actor.ts';
import type { Tx } from '#platform/database.ts';
import { accountChanged } from './events.ts';
import { updateAccount } from './queries/accounts.ts';
import { endChosenSessions } from './sessions.ts';
import { checkAdminRemains } from './staff-access.ts';
import type { AccountRow } from './tables.ts';
import type { AccountsTools } from './tools.ts';

export type SetState = 'active' | 'suspended' | 'banned';

const ACTS = { active: 'account.restored', suspended: 'account.suspended', banned: 'account.banned' } as const;

/** Suspends, bans or restores a locked account. Out of `active` every session ends, its sockets with it. */
export async function changeState(
  tools: AccountsTools,
  tx: Tx,
  actor: Actor,
  account: AccountRow,
  state: SetState,
  reason: string,
): Promise<void> {
  const { account_id: accountId } = account;
  if (state !== 'active') await checkAdminRemains(tx, account);
  // What the staff decide here has no end of its own.
  await updateAccount(tx, accountId, { state, suspended_until: null });
  await tools.announce(tx, accountChanged, { accountId });
  await tools.audit(tx, { actor, act: ACTS[state], subjectId: accountId, reason });
  if (state !== 'active') await endChosenSessions(tools, tx, { accountId }, 'banned');
}
