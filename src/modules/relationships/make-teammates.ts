import type { Tx } from '#platform/database.ts';
import { teammateRequestClosed, teammatesMade } from './events.ts';
import { tellLive } from './live.ts';
import { closeRequest, upsertTeammates } from './queries.ts';
import type { TeammateRequestRow } from './tables.ts';
import type { RelationshipsTools } from './tools.ts';

/** Closes a request with a yes. Expects the pair to be locked. */
export async function makeTeammates(
  tools: RelationshipsTools,
  tx: Tx,
  { request_id: requestId, sender_id: senderId, recipient_id: recipientId }: TeammateRequestRow,
): Promise<TeammateRequestRow> {
  const now = tools.clock.now();
  const accepted = await closeRequest(tx, requestId, 'accepted', now);
  await upsertTeammates(tx, senderId, recipientId, now);
  await tools.announce(tx, teammateRequestClosed, { requestId, senderId, recipientId, outcome: 'accepted' });
  await tools.announce(tx, teammatesMade, { accountId: recipientId, otherId: senderId });
  tellLive(tools, tx, senderId, 'teammate_request.accepted', accepted);
  tellLive(tools, tx, recipientId, 'teammate_request.accepted', accepted);
  return accepted;
}
