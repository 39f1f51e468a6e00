import type { Actor } from '#platform/actor.ts';
import { teammatesParted } from '../events.ts';
import { lockPair, partTeammates } from '../queries.ts';
import type { RelationshipsTools } from '../tools.ts';

/** The two are strangers again; their chat stays. */
export async function removeTeammate(tools: RelationshipsTools, { accountId }: Actor, userId: string): Promise<void> {
  await tools.db.transaction(async (tx) => {
    await lockPair(tx, accountId, userId);
    if (!(await partTeammates(tx, accountId, userId, tools.clock.now()))) return;
    await tools.announce(tx, teammatesParted, { accountId, otherId: userId });
  });
}
