import type { Tx } from '#platform/database.ts';
import { teammateRequestClosed } from '../events.ts';
import { deleteEverythingOf } from '../queries.ts';
import type { RelationshipsTools } from '../tools.ts';

/** Erases what was between a person whose account is gone and all others, requests with their notes included. */
export async function eraseRelationships(tools: RelationshipsTools, tx: Tx, accountId: string): Promise<void> {
  for (const request of await deleteEverythingOf(tx, accountId)) {
    if (request.state !== 'pending') continue;
    const { request_id: requestId, sender_id: senderId, recipient_id: recipientId } = request;
    await tools.announce(tx, teammateRequestClosed, { requestId, senderId, recipientId, outcome: 'withdrawn' });
  }
}
