import type { Actor } from '#platform/actor.ts';
import { accessRequest } from '../access.ts';
import { requestClosed } from '../errors.ts';
import { teammateRequestClosed } from '../events.ts';
import { tellLive } from '../live.ts';
import { closeRequest, lockPair } from '../queries.ts';
import type { RelationshipsTools } from '../tools.ts';

/** Says no in silence: who asked goes on seeing a request that waits, and then one that expired. */
export async function declineTeammateRequest(
  tools: RelationshipsTools,
  actor: Actor,
  requestId: string,
): Promise<void> {
  await tools.db.transaction(async (tx) => {
    const { sender_id: senderId } = await accessRequest(tx, actor, 'recipient', requestId);
    await lockPair(tx, actor.accountId, senderId);
    const request = await accessRequest(tx, actor, 'recipient', requestId);
    if (request.state === 'accepted') throw requestClosed();
    if (request.state !== 'pending') return;
    const declined = await closeRequest(tx, requestId, 'declined', tools.clock.now());
    const recipientId = actor.accountId;
    await tools.announce(tx, teammateRequestClosed, { requestId, senderId, recipientId, outcome: 'declined' });
    tellLive(tools, tx, recipientId, 'teammate_request.closed', declined);
  });
}
