import type { Actor } from '#platform/actor.ts';
import { presenceParted } from '#platform/presence-store.ts';
import { accessAnybody } from '../access.ts';
import { tooManyPeople } from '../errors.ts';
import { personBlocked, teammateRequestClosed, teammatesParted } from '../events.ts';
import { countListed, insertListed, lockPair, partTeammates, withdrawRequestsBetween } from '../queries.ts';
import { MAX_BLOCKS } from '../schemas.ts';
import type { RelationshipsTools } from '../tools.ts';

/** From now on the two do not exist for each other; what was between them ends, and neither is told. */
export async function blockUser(tools: RelationshipsTools, actor: Actor, userId: string): Promise<void> {
  const { accountId } = actor;
  const now = tools.clock.now();
  await tools.db.transaction(async (tx) => {
    await accessAnybody(tools, tx, actor, userId);
    await lockPair(tx, accountId, userId);
    if (!(await insertListed(tx, 'blocks', accountId, userId, now))) return;
    if ((await countListed(tx, 'blocks', accountId)) > MAX_BLOCKS) throw tooManyPeople();

    const wereTeammates = await partTeammates(tx, accountId, userId, now);
    if (wereTeammates) await tools.announce(tx, teammatesParted, { accountId, otherId: userId });
    for (const request of await withdrawRequestsBetween(tx, accountId, userId, now)) {
      const { request_id: requestId, sender_id: senderId, recipient_id: recipientId } = request;
      await tools.announce(tx, teammateRequestClosed, { requestId, senderId, recipientId, outcome: 'withdrawn' });
    }
    await tools.onBlockChanged(tx, accountId, userId);
    await tools.announce(tx, personBlocked, { accountId, otherId: userId });
    tools.db.afterCommit(tx, () => tools.bus.publish(presenceParted, { accountId, otherId: userId }));
  });
}
