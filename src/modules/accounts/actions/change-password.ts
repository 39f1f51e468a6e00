import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { securityNoted } from '../events.ts';
import { queueMail } from '../mails.ts';
import { checkPasswordBytes } from '../password-rules.ts';
import { updateAccount } from '../queries/accounts.ts';
import { deleteSavedCodes, voidCodes } from '../queries/codes.ts';
import { lockReauthenticated, reauthenticate } from '../reauthenticate.ts';
import type { ChangePasswordBody } from '../schemas/credentials.ts';
import { endChosenSessions } from '../sessions.ts';
import type { AccountsTools } from '../tools.ts';

/**
 * Sets a new password with the present one. Other devices are signed out, every code is void, a saved one, too, since
 * whoever knew the old password may have made those; the owner is told.
 */
export async function changePassword(
  tools: AccountsTools,
  actor: Actor,
  { currentPassword, newPassword }: Static<typeof ChangePasswordBody>,
): Promise<void> {
  const { accountId, sessionId } = actor;
  if (currentPassword !== undefined) checkPasswordBytes(currentPassword, '/body/currentPassword');
  const proven = await reauthenticate(tools, actor, currentPassword);
  tools.passwordRules.check(newPassword, [proven.username, proven.email ?? ''], '/body/newPassword');
  const passwordHash = await tools.passwords.hash(newPassword);
  await tools.db.transaction(async (tx) => {
    const { username, email, email_verified_at, locale } = await lockReauthenticated(tools, tx, actor, proven);
    await updateAccount(tx, accountId, { password_hash: passwordHash });
    await voidCodes(tx, accountId);
    const savedCodes = (await deleteSavedCodes(tx, accountId, 'recovery')) ? 'void' : 'none';
    await endChosenSessions(tools, tx, { accountId, exceptSessionId: sessionId });
    await tools.announce(tx, securityNoted, { accountId, code: 'password_changed' });
    if (!email || !email_verified_at) return;
    const values = { username, happenedAt: tools.clock.now().toISOString(), savedCodes };
    await queueMail(tools, tx, { name: 'passwordChanged', to: email, locale, values });
  });
}
