import type { Actor } from '#platform/actor.ts';
import { notFound } from '#platform/errors.ts';
import { hasSession } from '../queries/sessions.ts';
import { endChosenSessions } from '../sessions.ts';
import type { AccountsTools } from '../tools.ts';

/** Signs one of the caller's devices out. Once more is no error; somebody else's session does not exist. */
export async function endSession(tools: AccountsTools, { accountId }: Actor, sessionId: string): Promise<void> {
  await tools.db.transaction(async (tx) => {
    if (!(await hasSession(tx, accountId, sessionId))) throw notFound();
    await endChosenSessions(tools, tx, { sessionId });
  });
}
