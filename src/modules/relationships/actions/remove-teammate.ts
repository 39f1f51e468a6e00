import type { Actor } from '#platform/actor.ts';
import { teammatesParted } from '../events.ts';
import { deleteTeammates, lockPair } from '../queries.ts';
import type { RelationshipsTools } from '../tools.ts';

/** The two are strangers again; their chat stays. */
export async function removeTeammate(tools: RelationshipsTools, { accountId }: Actor, userId: string): Promise<void> {
  await tools.db.transaction(async (tx) => {
    await lockPair(tx, accountId, userId);
    if (!(await deleteTeammates(tx, accountId, userId))) return;
    await tools.announce(tx, teammatesParted, { accountId, otherId: userId });
  });
}
