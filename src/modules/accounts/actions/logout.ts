import type { Actor } from '#platform/actor.ts';
import { endedSessions } from '#platform/frames.ts';
import { endSession } from '../queries.ts';
import type { AccountsTools } from '../tools.ts';

/** Ends the caller's session: its tokens are refused from now on and its sockets close. */
export async function logout({ db, bus, clock }: AccountsTools, actor: Actor): Promise<void> {
  await db.transaction(async (tx) => {
    await endSession(tx, actor.sessionId, clock.now());
    db.afterCommit(tx, () => bus.publish(endedSessions, { sessionIds: [actor.sessionId], reason: 'token_ended' }));
  });
}
