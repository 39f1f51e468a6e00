import type { Actor } from '#platform/actor.ts';
import { personUnblocked } from '../events.ts';
import { deleteListed, lockPair } from '../queries.ts';
import type { RelationshipsTools } from '../tools.ts';

/** Ends the caller's block; what the block ended stays ended. */
export async function unblockUser(tools: RelationshipsTools, { accountId }: Actor, userId: string): Promise<void> {
  await tools.db.transaction(async (tx) => {
    await lockPair(tx, accountId, userId);
    if (!(await deleteListed(tx, 'blocks', accountId, userId))) return;
    await tools.onBlockChanged(tx, accountId, userId);
    await tools.announce(tx, personUnblocked, { accountId, otherId: userId });
  });
}
