import type { Tx } from '#platform/database.ts';
import { changedAccounts } from '#platform/frames.ts';
import { accountChanged } from './events.ts';
import { lockAccount, updateAccount } from './queries/accounts.ts';
import { endChosenSessions } from './sessions.ts';
import { checkAdminRemains } from './staff-access.ts';
import type { AccountRow } from './tables.ts';
import type { AccountsTools } from './tools.ts';

/** The end of what has no end. */
export const FOREVER = new Date('9999-12-31T00:00:00.000Z');

/** What sanctions leave of an account. A moment that is absent or past takes nothing away. */
export type Standing = {
  isBanned: boolean;
  suspendedUntil?: Date | undefined;
  /** Reads, but does not write. */
  mutedUntil?: Date | undefined;
  /** In nobody's search. */
  hiddenUntil?: Date | undefined;
};

/** Whether the account may be used at the moment: a suspension ends by itself. */
export const isActiveAt = ({ state, suspended_until }: Pick<AccountRow, 'state' | 'suspended_until'>, now: Date) =>
  state === 'active' || (state === 'suspended' && suspended_until !== null && suspended_until <= now);

/**
 * Puts the sanctions of an account into force, or out of it, from the commit on: at every request, on open sockets, in
 * the search. An erased account stays as it is.
 */
export async function setStanding(tools: AccountsTools, tx: Tx, accountId: string, standing: Standing): Promise<void> {
  const account = await lockAccount(tx, accountId);
  if (!account || account.state === 'deleted') return;
  const now = tools.clock.now();
  const state = stateOf(standing, now);
  if (state !== 'active') await checkAdminRemains(tx, account);
  await updateAccount(tx, accountId, {
    state,
    suspended_until: standing.suspendedUntil ?? null,
    muted_until: standing.mutedUntil ?? null,
    hidden_until: standing.hiddenUntil ?? null,
  });
  await tools.announce(tx, accountChanged, { accountId });
  // A session for an appeal has served once its owner is back.
  if (state === 'active') await endChosenSessions(tools, tx, { accountId, areForAppeal: true });
  else if (isActiveAt(account, now)) await endChosenSessions(tools, tx, { accountId }, 'banned');
  tellOfRights(tools, tx, accountId);
}

/** Open sockets take up what the account may do from the commit on. */
export function tellOfRights({ db, bus }: AccountsTools, tx: Tx, accountId: string): void {
  db.afterCommit(tx, () => bus.publish(changedAccounts, { accountIds: [accountId] }));
}

function stateOf({ isBanned, suspendedUntil }: Standing, now: Date): 'active' | 'suspended' | 'banned' {
  if (isBanned) return 'banned';
  return suspendedUntil && suspendedUntil > now ? 'suspended' : 'active';
}
