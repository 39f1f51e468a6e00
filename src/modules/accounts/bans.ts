import { createHmac } from 'node:crypto';
import type { Queryable, Tx } from '#platform/database.ts';
import type { AppleIdentity } from './apple.ts';
import { foldName } from './names.ts';
import { isAddressOfBlocked } from './queries/accounts.ts';
import { findAppleIdentityOf } from './queries/apple.ts';
import { hasBan, insertBan } from './queries/erasure.ts';
import type { AccountRow } from './tables.ts';
import type { AccountsTools } from './tools.ts';

/**
 * Keeps somebody out beyond their account, until a moment: only whoever shows the same address or Apple ID again can be
 * recognised by the hashes. They know whose they were, so that what is decided later changes the moment.
 */
export async function banIdentifiers(tools: AccountsTools, tx: Tx, account: AccountRow, endsAt: Date): Promise<void> {
  const apple = await findAppleIdentityOf(tx, account.account_id);
  const identifiers = [
    ...(account.email_key && account.email_verified_at ? [`email:${account.email_key}`] : []),
    ...(apple ? [`apple:${apple.subject}`] : []),
  ];
  const ban = { account_id: account.account_id, banned_at: tools.clock.now(), ends_at: endsAt };
  for (const identifier of identifiers) await insertBan(tx, { ...ban, identifier_hash: hash(tools, identifier) });
}

/** Whether the address is that of somebody banned or suspended, gone or still here. */
export async function isBannedEmail(tools: AccountsTools, db: Queryable, emailKey: string): Promise<boolean> {
  const now = tools.clock.now();
  return (await isAddressOfBlocked(db, emailKey, now)) || hasBan(db, hash(tools, `email:${emailKey}`), now);
}

export async function isBannedIdentity(
  tools: AccountsTools,
  db: Queryable,
  { subject, email }: AppleIdentity,
): Promise<boolean> {
  if (await hasBan(db, hash(tools, `apple:${subject}`), tools.clock.now())) return true;
  return email !== undefined && isBannedEmail(tools, db, foldName(email));
}

const hash = ({ secrets }: AccountsTools, text: string): Buffer =>
  createHmac('sha256', secrets.lookup).update(`ban:${text}`).digest();
