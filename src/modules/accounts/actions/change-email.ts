import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { makeCode, tooManyCodes } from '../codes.ts';
import { sendEmailCode } from '../email-codes.ts';
import { securityNoted } from '../events.ts';
import { queueMail } from '../mails.ts';
import { checkPasswordBytes } from '../password-rules.ts';
import { updateAccount } from '../queries/accounts.ts';
import { lockReauthenticated, reauthenticate } from '../reauthenticate.ts';
import type { ChangeEmailBody } from '../schemas/credentials.ts';
import type { AccountsTools } from '../tools.ts';

/** Begins the move to another address: it counts once its code is confirmed; the old address is told now. */
export async function changeEmail(
  tools: AccountsTools,
  actor: Actor,
  { email, password }: Static<typeof ChangeEmailBody>,
): Promise<void> {
  const { accountId, sessionId } = actor;
  if (password !== undefined) checkPasswordBytes(password);
  const proven = await reauthenticate(tools, actor, password);
  const newCode = await makeCode(tools);
  await tools.db.transaction(async (tx) => {
    const account = await lockReauthenticated(tools, tx, actor, proven);
    await updateAccount(tx, accountId, { pending_email: email });
    if (!(await sendEmailCode(tools, tx, newCode, account, { email, sessionId }))) throw tooManyCodes();
    await tools.announce(tx, securityNoted, { accountId, code: 'email_change_asked' });
    if (!account.email || !account.email_verified_at) return;
    const { username, locale, email: to } = account;
    await queueMail(tools, tx, { name: 'emailChangeAsked', to, locale, values: { username, newEmail: email } });
  });
}
