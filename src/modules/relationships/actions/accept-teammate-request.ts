import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { accessRequest } from '../access.ts';
import { requestClosed } from '../errors.ts';
import { makeTeammates } from '../make-teammates.ts';
import { presentRequest } from '../present.ts';
import { lockPair } from '../queries.ts';
import type { TeammateRequest } from '../schemas.ts';
import type { RelationshipsTools } from '../tools.ts';

/** Makes the two teammates. Accepting again is fine; a block or the end of the sender's account has closed the request. */
export async function acceptTeammateRequest(
  tools: RelationshipsTools,
  actor: Actor,
  requestId: string,
): Promise<Static<typeof TeammateRequest>> {
  const now = tools.clock.now();
  return tools.db.transaction(async (tx) => {
    const { sender_id: senderId } = await accessRequest(tx, actor, 'recipient', requestId);
    await lockPair(tx, actor.accountId, senderId);
    const request = await accessRequest(tx, actor, 'recipient', requestId);
    if (request.state === 'accepted') return presentRequest(request, actor.accountId, now);
    const [sender] = await tools.accounts.findAccounts(tx, [senderId]);
    if (request.state !== 'pending' || request.expires_at <= now || !sender?.isActive) throw requestClosed();
    return presentRequest(await makeTeammates(tools, tx, request), actor.accountId, now);
  });
}
