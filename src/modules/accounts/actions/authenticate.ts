import type { Actor } from '#platform/actor.ts';
import { unauthenticated } from '#platform/errors.ts';
import { rightsOf } from '../permissions.ts';
import type { AccountsTools } from '../tools.ts';

/** The person behind an access token. The session is looked up each time, so that its end takes effect at once. */
export async function authenticate(
  { tokens, findSessionActor, isStaffTotpRequired }: AccountsTools,
  token: string,
): Promise<Actor> {
  const { accountId, sessionId, endsAt } = await tokens.verify(token);
  const account = await findSessionActor(sessionId);
  if (!account || account.account_id !== accountId || account.state !== 'active') throw unauthenticated();
  return {
    accountId,
    sessionId,
    role: account.role,
    permissions: rightsOf(account, isStaffTotpRequired),
    tokenEndsAt: endsAt,
  };
}
