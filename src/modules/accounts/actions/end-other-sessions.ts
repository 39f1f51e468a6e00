import type { Actor } from '#platform/actor.ts';
import { endChosenSessions } from '../sessions.ts';
import type { AccountsTools } from '../tools.ts';

/** Signs every device of the caller out but the one that asks. */
export async function endOtherSessions(tools: AccountsTools, { accountId, sessionId }: Actor): Promise<void> {
  await tools.db.transaction((tx) => endChosenSessions(tools, tx, { accountId, exceptSessionId: sessionId }));
}
