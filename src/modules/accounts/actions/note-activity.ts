import { accountSeen } from '../events.ts';
import { markSeen } from '../queries/accounts.ts';
import type { AccountsTools } from '../tools.ts';

const QUIET_MS = 600_000;

/** Notes that the account is active; writes and tells at most once in ten minutes. */
export async function noteActivity({ db, clock, announce }: AccountsTools, accountId: string): Promise<void> {
  const now = clock.now();
  await db.transaction(async (tx) => {
    const wasAway = await markSeen(tx, accountId, now, new Date(now.getTime() - QUIET_MS));
    if (wasAway) await announce(tx, accountSeen, { accountId });
  });
}
