import type { Actor } from '#platform/actor.ts';
import type { Tx } from '#platform/database.ts';
import { lockAccount } from './queries/accounts.ts';
import type { AccountRow } from './tables.ts';
import type { AccountsTools } from './tools.ts';

export type SetState = 'active' | 'suspended' | 'banned';

/** Imposes and lifts, in the name of an administrator, the sanctions that make a state; nothing when they are so already. */
export type DecideState = (
  tx: Tx,
  actor: Actor,
  accountId: string,
  state: SetState,
) => Promise<{ imposedIds: string[]; liftedIds: string[] }>;

const ACTS = { active: 'account.restored', suspended: 'account.suspended', banned: 'account.banned' } as const;

/**
 * Suspends, bans or restores a locked account. Sanctions alone make the state, so moderation decides what of them it takes
 * and hands the standing back; else the end of another sanction would undo what was set here.
 */
export async function changeState(
  tools: AccountsTools,
  tx: Tx,
  actor: Actor,
  account: AccountRow,
  state: SetState,
  reason: string,
): Promise<void> {
  const { account_id: accountId } = account;
  const decided = await tools.decideState(tx, actor, accountId, state);
  if (decided.imposedIds.length + decided.liftedIds.length === 0) return;
  const changed = await lockAccount(tx, accountId);
  const details = { before: describe(account), ...(changed && { after: describe(changed) }), ...decided };
  await tools.audit(tx, { actor, act: ACTS[state], subjectId: accountId, reason, details });
}

const describe = ({ state, suspended_until: until }: AccountRow) => ({
  state,
  ...(state === 'suspended' && until && { until: until.toISOString() }),
});
