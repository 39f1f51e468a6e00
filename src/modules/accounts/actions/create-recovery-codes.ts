import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { securityNoted } from '../events.ts';
import { queueMail } from '../mails.ts';
import { checkPasswordBytes } from '../password-rules.ts';
import { replaceSavedCodes } from '../queries/codes.ts';
import { lockReauthenticated, reauthenticate } from '../reauthenticate.ts';
import { makeSavedCodes } from '../saved-codes.ts';
import type { SavedCodes } from '../schemas/credentials.ts';
import type { AccountsTools } from '../tools.ts';

/** Makes ten codes for the day when the mailbox is lost; those made before are void. The owner is told: they open the account. */
export async function createRecoveryCodes(
  tools: AccountsTools,
  actor: Actor,
  password: string | undefined,
): Promise<Static<typeof SavedCodes>> {
  if (password !== undefined) checkPasswordBytes(password);
  const { accountId } = actor;
  const proven = await reauthenticate(tools, actor, password);
  const { codes, hashes } = makeSavedCodes();
  const now = tools.clock.now();
  await tools.db.transaction(async (tx) => {
    const { email, email_verified_at, username, locale } = await lockReauthenticated(tools, tx, actor, proven);
    await replaceSavedCodes(tx, accountId, 'recovery', hashes, now);
    await tools.announce(tx, securityNoted, { accountId, code: 'recovery_codes_made' });
    if (!email || !email_verified_at) return;
    const values = { username, happenedAt: now.toISOString() };
    await queueMail(tools, tx, { name: 'recoveryCodesMade', to: email, locale, values });
  });
  return { codes };
}
