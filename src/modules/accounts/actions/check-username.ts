import type { Static } from 'typebox';
import { foldName, isReservedName } from '../names.ts';
import { findAccountByUsername } from '../queries/accounts.ts';
import type { UsernameCheck } from '../schemas/sign-in.ts';
import type { AccountsTools } from '../tools.ts';

/** Whether a username is free. Usernames are public anyway; addresses are not asked about here or anywhere. */
export async function checkUsername(
  { db, textRules }: AccountsTools,
  username: string,
): Promise<Static<typeof UsernameCheck>> {
  const key = foldName(username);
  const isAllowed = !isReservedName(key) && textRules.judge('username', username).kind === 'pass';
  const isAvailable = isAllowed && !(await findAccountByUsername(db.read, key));
  return { username, isAvailable };
}
