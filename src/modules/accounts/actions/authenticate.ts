import type { Actor } from '#platform/actor.ts';
import { unauthenticated } from '#platform/errors.ts';
import { rightsAt } from '../rights.ts';
import { isActiveAt } from '../standing.ts';
import type { AccountsTools } from '../tools.ts';

/** The person behind an access token. The session is looked up each time, so that its end takes effect at once. */
export async function authenticate(tools: AccountsTools, token: string): Promise<Actor> {
  const { accountId, sessionId, endsAt } = await tools.tokens.verify(token);
  const account = await tools.findSessionActor(sessionId);
  const now = tools.clock.now();
  if (!account || account.account_id !== accountId) throw unauthenticated();
  const isUsable = account.is_for_appeal ? account.state !== 'deleted' : isActiveAt(account, now);
  if (!isUsable) throw unauthenticated();
  return {
    accountId,
    sessionId,
    ...rightsAt(tools, account, now),
    tokenEndsAt: endsAt,
  };
}
