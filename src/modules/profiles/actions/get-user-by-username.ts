import type { Static } from 'typebox';
import { userNotFound } from '#modules/accounts/index.ts';
import type { Actor } from '#platform/actor.ts';
import type { Card } from '../schemas.ts';
import type { ProfilesTools } from '../tools.ts';
import { getUser } from './get-user.ts';

export async function getUserByUsername(
  tools: ProfilesTools,
  actor: Actor,
  username: string,
): Promise<Static<typeof Card>> {
  const account = await tools.accounts.findAccountByUsername(tools.db.read, username);
  if (!account) throw userNotFound();
  return getUser(tools, actor, account.accountId);
}
