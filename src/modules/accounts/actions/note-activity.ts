import { accountSeen } from '../events.ts';
import { markSeen } from '../queries/accounts.ts';
import type { AccountRow } from '../tables.ts';
import type { AccountsTools } from '../tools.ts';

const QUIET_MS = 600_000;

/** Whether the account was last seen so long ago that its coming is told. */
export const isAway = ({ last_active_at }: Pick<AccountRow, 'last_active_at'>, now: Date): boolean =>
  last_active_at.getTime() < now.getTime() - QUIET_MS;

/** Notes that the account is active; writes and tells at most once in ten minutes. */
export async function noteActivity({ db, clock, announce }: AccountsTools, accountId: string): Promise<void> {
  const now = clock.now();
  await db.transaction(async (tx) => {
    const wasAway = await markSeen(tx, accountId, now, new Date(now.getTime() - QUIET_MS));
    if (wasAway) await announce(tx, accountSeen, { accountId });
  });
}
