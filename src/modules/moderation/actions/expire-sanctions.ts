import { findEnded, markExpired } from '../queries/sanctions.ts';
import { endSanction } from '../sanctioning.ts';
import type { ModerationTools } from '../tools.ts';

const BATCH = 100;

/**
 * Restores accounts whose sanctions have ended and tells their owners. Rights follow the clock at each request already;
 * this puts the state, the search and open sockets right. Safe on every node.
 */
export async function expireSanctions(tools: ModerationTools): Promise<void> {
  const now = tools.clock.now();
  for (const row of await findEnded(tools.db.read, now, BATCH)) {
    await tools.db.transaction(async (tx) => {
      await tools.accounts.lockStanding(tx, row.account_id);
      if (await markExpired(tx, row.sanction_id, now)) await endSanction(tools, tx, row);
    });
  }
}
