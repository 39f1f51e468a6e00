import type { Actor } from '#platform/actor.ts';
import { accessRequest } from '../access.ts';
import { requestClosed } from '../errors.ts';
import { teammateRequestClosed } from '../events.ts';
import { tellLive } from '../live.ts';
import { closeRequest, lockPair } from '../queries.ts';
import type { RelationshipsTools } from '../tools.ts';

/** Takes a request back. One that was refused in silence goes the same way, so that this tells nothing either. */
export async function withdrawTeammateRequest(
  tools: RelationshipsTools,
  actor: Actor,
  requestId: string,
): Promise<void> {
  await tools.db.transaction(async (tx) => {
    const { recipient_id: recipientId } = await accessRequest(tx, actor, 'sender', requestId);
    await lockPair(tx, actor.accountId, recipientId);
    const request = await accessRequest(tx, actor, 'sender', requestId);
    if (request.state === 'accepted') throw requestClosed();
    if (request.state === 'withdrawn') return;
    const withdrawn = await closeRequest(tx, requestId, 'withdrawn', tools.clock.now());
    if (request.state !== 'pending') return;
    const senderId = actor.accountId;
    await tools.announce(tx, teammateRequestClosed, { requestId, senderId, recipientId, outcome: 'withdrawn' });
    tellLive(tools, tx, recipientId, 'teammate_request.closed', withdrawn);
  });
}
