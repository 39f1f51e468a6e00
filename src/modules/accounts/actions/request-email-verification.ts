import type { Actor } from '#platform/actor.ts';
import { tooManyRequests, unauthenticated } from '#platform/errors.ts';
import { makeCode, tooManyCodes } from '../codes.ts';
import { sendEmailCode } from '../email-codes.ts';
import { emailAlreadyVerified, noEmail } from '../errors.ts';
import { lockAccount } from '../queries/accounts.ts';
import { findCode } from '../queries/codes.ts';
import type { AccountsTools } from '../tools.ts';

const PAUSE_SECONDS = 60;

/** Sends a new code to the address that waits for one: once a minute, ten times a day. */
export async function requestEmailVerification(tools: AccountsTools, { accountId, sessionId }: Actor): Promise<void> {
  const { db, clock } = tools;
  const newCode = await makeCode(tools);
  await db.transaction(async (tx) => {
    const account = await lockAccount(tx, accountId);
    if (!account) throw unauthenticated();
    const email = account.pending_email ?? account.email;
    if (!email) throw noEmail();
    if (!account.pending_email && account.email_verified_at) throw emailAlreadyVerified();
    const last = await findCode(tx, accountId, 'verify_email');
    const waited = last ? (clock.now().getTime() - last.issued_at.getTime()) / 1_000 : PAUSE_SECONDS;
    if (waited < PAUSE_SECONDS) throw tooManyRequests({ retryAfterSeconds: Math.ceil(PAUSE_SECONDS - waited) });
    if (!(await sendEmailCode(tools, tx, newCode, account, { email, sessionId }))) throw tooManyCodes();
  });
}
