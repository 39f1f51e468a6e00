import type { Actor } from '#platform/actor.ts';
import { endChosenSessions } from '../sessions.ts';
import type { AccountsTools } from '../tools.ts';

/** Ends the caller's session: its tokens are refused from now on and its sockets close. */
export async function logout(tools: AccountsTools, { sessionId }: Actor): Promise<void> {
  await tools.db.transaction((tx) => endChosenSessions(tools, tx, { sessionId }));
}
