import type { Actor } from '#platform/actor.ts';
import type { Queryable } from '#platform/database.ts';
import { tooManyRequests, unauthenticated } from '#platform/errors.ts';
import { hasHadEnough, makeCode, tooManyCodes } from '../codes.ts';
import { sendEmailCode } from '../email-codes.ts';
import { emailAlreadyVerified, noEmail } from '../errors.ts';
import { findAccount, lockAccount } from '../queries/accounts.ts';
import { findCode } from '../queries/codes.ts';
import type { AccountRow } from '../tables.ts';
import type { AccountsTools } from '../tools.ts';

const PAUSE_SECONDS = 60;

/** Sends a new code to the address that waits for one: once a minute, ten times a day. */
export async function requestEmailVerification(tools: AccountsTools, { accountId, sessionId }: Actor): Promise<void> {
  const { db, passwords } = tools;
  // Hashing costs more than all the rest together: who gets no code anyway is told so before, and costs nothing.
  await findAddressToProve(tools, db.read, await findAccount(db.read, accountId));
  const newCode = await passwords.admit(() => makeCode(tools));
  await db.transaction(async (tx) => {
    const { account, email } = await findAddressToProve(tools, tx, await lockAccount(tx, accountId));
    if (!(await sendEmailCode(tools, tx, newCode, account, { email, sessionId }))) throw tooManyCodes();
  });
}

async function findAddressToProve(
  { clock }: AccountsTools,
  db: Queryable,
  account: AccountRow | undefined,
): Promise<{ account: AccountRow; email: string }> {
  if (!account) throw unauthenticated();
  const email = account.pending_email ?? account.email;
  if (!email) throw noEmail();
  if (!account.pending_email && account.email_verified_at) throw emailAlreadyVerified();
  const last = await findCode(db, account.account_id, 'verify_email');
  const now = clock.now();
  const waited = last ? (now.getTime() - last.issued_at.getTime()) / 1_000 : PAUSE_SECONDS;
  if (waited < PAUSE_SECONDS) throw tooManyRequests({ retryAfterSeconds: Math.ceil(PAUSE_SECONDS - waited) });
  if (last && hasHadEnough(last, now)) throw tooManyCodes();
  return { account, email };
}
