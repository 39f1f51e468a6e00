import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { changedAccounts } from '#platform/frames.ts';
import { totpAlreadyOn, wrongCode } from '../errors.ts';
import { securityNoted } from '../events.ts';
import { queueMail } from '../mails.ts';
import { replaceSavedCodes } from '../queries/codes.ts';
import { findTotp, markTotpConfirmed } from '../queries/totp.ts';
import { lockSignedIn } from '../reauthenticate.ts';
import { makeSavedCodes } from '../saved-codes.ts';
import type { SavedCodes } from '../schemas/credentials.ts';
import { forgiveSignIn, takeSignInTry } from '../sign-in-locks.ts';
import type { AccountsTools } from '../tools.ts';
import { isRightCode } from '../totp.ts';

/** Switches two-step sign-in on by the first code, and gives codes for the day when the phone is lost. */
export async function confirmTotp(
  tools: AccountsTools,
  actor: Actor,
  code: string,
): Promise<Static<typeof SavedCodes>> {
  const { accountId } = actor;
  const row = await findTotp(tools.db.read, accountId);
  if (row?.confirmed_at) throw totpAlreadyOn();
  const subject = { account: { account_id: accountId }, typed: '' };
  await takeSignInTry(tools, subject);
  if (!row || !(await isRightCode(tools, row, code))) throw wrongCode();
  const { codes, hashes } = makeSavedCodes();
  const { db, bus, clock } = tools;
  await db.transaction(async (tx) => {
    const account = await lockSignedIn(tools, tx, actor);
    await forgiveSignIn(tools, tx, subject);
    await markTotpConfirmed(tx, accountId, clock.now());
    await replaceSavedCodes(tx, accountId, 'totp', hashes, clock.now());
    await tools.announce(tx, securityNoted, { accountId, code: 'totp_on' });
    if (account.email && account.email_verified_at) {
      const { email: to, locale, username } = account;
      await queueMail(tools, tx, { name: 'totpSwitchedOn', to, locale, values: { username } });
    }
    // Staff may have more rights from now on.
    db.afterCommit(tx, () => bus.publish(changedAccounts, { accountIds: [accountId] }));
  });
  return { codes };
}
