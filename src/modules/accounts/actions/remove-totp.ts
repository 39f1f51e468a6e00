import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { changedAccounts } from '#platform/frames.ts';
import { dropTotp } from '../drop-totp.ts';
import { queueMail } from '../mails.ts';
import { checkPasswordBytes } from '../password-rules.ts';
import { lockReauthenticated, reauthenticate } from '../reauthenticate.ts';
import type { RemoveTotpBody } from '../schemas/credentials.ts';
import type { AccountsTools } from '../tools.ts';
import { checkSecondFactor } from '../totp.ts';

/** Switches two-step sign-in off, with both factors. */
export async function removeTotp(
  tools: AccountsTools,
  actor: Actor,
  { password, totp }: Static<typeof RemoveTotpBody>,
): Promise<void> {
  if (password !== undefined) checkPasswordBytes(password);
  const { accountId } = actor;
  const proven = await reauthenticate(tools, actor, password);
  await checkSecondFactor(tools, accountId, totp);
  const { db, bus } = tools;
  await db.transaction(async (tx) => {
    const { email, email_verified_at, username, locale } = await lockReauthenticated(tools, tx, actor, proven);
    if (!(await dropTotp(tools, tx, accountId))) return;
    if (email && email_verified_at)
      await queueMail(tools, tx, { name: 'totpSwitchedOff', to: email, locale, values: { username } });
    db.afterCommit(tx, () => bus.publish(changedAccounts, { accountIds: [accountId] }));
  });
}
