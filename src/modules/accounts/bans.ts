import { createHmac } from 'node:crypto';
import type { Queryable, Tx } from '#platform/database.ts';
import type { AppleIdentity } from './apple.ts';
import { foldName } from './names.ts';
import { isAddressOfBanned } from './queries/accounts.ts';
import { findAppleIdentityOf } from './queries/apple.ts';
import { hasBan, insertBan } from './queries/erasure.ts';
import type { AccountRow } from './tables.ts';
import type { AccountsTools } from './tools.ts';

/** Keeps a ban beyond the account: only whoever shows the same address again can be recognised by the hash. */
export async function banIdentifiers(tools: AccountsTools, tx: Tx, account: AccountRow): Promise<void> {
  if (account.email_key && account.email_verified_at)
    await insertBan(tx, hash(tools, `email:${account.email_key}`), tools.clock.now());
  const apple = await findAppleIdentityOf(tx, account.account_id);
  if (apple) await insertBan(tx, hash(tools, `apple:${apple.subject}`), tools.clock.now());
}

/** Whether the address is that of somebody banned, gone or still here. */
export const isBannedEmail = async (tools: AccountsTools, db: Queryable, emailKey: string): Promise<boolean> =>
  (await isAddressOfBanned(db, emailKey)) || hasBan(db, hash(tools, `email:${emailKey}`));

export async function isBannedIdentity(
  tools: AccountsTools,
  db: Queryable,
  { subject, email }: AppleIdentity,
): Promise<boolean> {
  if (await hasBan(db, hash(tools, `apple:${subject}`))) return true;
  return email !== undefined && isBannedEmail(tools, db, foldName(email));
}

const hash = ({ secrets }: AccountsTools, text: string): Buffer =>
  createHmac('sha256', secrets.lookup).update(`ban:${text}`).digest();
