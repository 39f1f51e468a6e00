import { createHash } from 'node:crypto';
import type { Tx } from '#platform/database.ts';
import { notFound, unauthenticated } from '#platform/errors.ts';
import type { AppleIdentity } from './apple.ts';
import { lockAccount } from './queries/accounts.ts';
import { type AppleIdentityRow, findAppleIdentity, useAppleToken } from './queries/apple.ts';
import { hashToken } from './refresh-tokens.ts';
import type { AccountRow } from './tables.ts';
import type { AccountsTools } from './tools.ts';

type Proof = { identityToken: string; nonce: string };

/** Who Apple says is there. Throws `unauthenticated` unless the token was made for us and for this nonce. */
export async function readAppleProof(
  { apple }: AccountsTools,
  { identityToken, nonce }: Proof,
): Promise<AppleIdentity> {
  if (!apple) throw notFound();
  const identity = await apple.readIdentity(identityToken);
  if (identity.nonce !== createHash('sha256').update(nonce).digest('hex')) throw unauthenticated();
  return identity;
}

/** Spends the token in the transaction of what it is good for. Throws `unauthenticated` when it was used before. */
export async function spendAppleProof(
  { clock }: AccountsTools,
  tx: Tx,
  { identityToken }: Proof,
  { expiresAt }: AppleIdentity,
): Promise<void> {
  const isFirstUse = await useAppleToken(tx, hashToken(identityToken), expiresAt, clock.now());
  if (!isFirstUse) throw unauthenticated();
}

/**
 * Locks the account that an Apple ID opens. Throws `unauthenticated` when it was taken off meanwhile, as by a reset of the
 * password: a session opened now would outlive that.
 */
export async function lockAppleAccount(
  tx: Tx,
  { subject, account_id: accountId }: AppleIdentityRow,
): Promise<AccountRow | undefined> {
  const account = await lockAccount(tx, accountId);
  const identity = await findAppleIdentity(tx, subject);
  if (identity?.account_id !== accountId) throw unauthenticated();
  return account;
}
