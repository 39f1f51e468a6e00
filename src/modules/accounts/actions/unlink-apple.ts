import type { Actor } from '#platform/actor.ts';
import { dropApple } from '../drop-apple.ts';
import { onlyWayIn } from '../errors.ts';
import { queueMail } from '../mails.ts';
import { checkPasswordBytes } from '../password-rules.ts';
import { lockReauthenticated, reauthenticate } from '../reauthenticate.ts';
import { endChosenSessions } from '../sessions.ts';
import type { AccountsTools } from '../tools.ts';

/** Takes Sign in with Apple off the caller's account and signs other devices out. The last way in stays. */
export async function unlinkApple(tools: AccountsTools, actor: Actor, password: string | undefined): Promise<void> {
  if (password !== undefined) checkPasswordBytes(password);
  const { accountId, sessionId } = actor;
  const proven = await reauthenticate(tools, actor, password);
  await tools.db.transaction(async (tx) => {
    const account = await lockReauthenticated(tools, tx, actor, proven);
    if (account.password_hash === null) throw onlyWayIn();
    if (!(await dropApple(tools, tx, accountId))) return;
    await endChosenSessions(tools, tx, { accountId, exceptSessionId: sessionId });
    const { email, email_verified_at, username, locale } = account;
    if (!email || !email_verified_at) return;
    const values = { username, happenedAt: tools.clock.now().toISOString() };
    await queueMail(tools, tx, { name: 'appleUnlinked', to: email, locale, values });
  });
}
