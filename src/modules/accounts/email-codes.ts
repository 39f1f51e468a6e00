import type { Tx } from '#platform/database.ts';
import { isBannedEmail } from './bans.ts';
import { CODE_MINUTES, groupCode, issueCode, type NewCode } from './codes.ts';
import { verifyLink } from './links.ts';
import { queueMail } from './mails.ts';
import { foldName } from './names.ts';
import type { AccountRow } from './tables.ts';
import type { AccountsTools } from './tools.ts';

/**
 * Sends the code that proves an address. Returns false when the account has had enough codes for a day. To the address of
 * somebody banned or suspended nothing goes, and the caller is not told: whoever asks may be a stranger.
 */
export async function sendEmailCode(
  tools: AccountsTools,
  tx: Tx,
  newCode: NewCode,
  account: Pick<AccountRow, 'account_id' | 'username' | 'locale'>,
  to: { email: string; sessionId?: string },
): Promise<boolean> {
  const { account_id: accountId, username, locale } = account;
  if (!(await issueCode(tools, tx, newCode, { accountId, purpose: 'verify_email', ...to }))) return false;
  if (await isBannedEmail(tools, tx, foldName(to.email))) return true;
  await queueMail(tools, tx, {
    name: 'verifyEmail',
    to: to.email,
    locale,
    values: {
      username,
      minutes: CODE_MINUTES,
      code: groupCode(newCode.code),
      url: verifyLink(tools, newCode.linkToken),
    },
    expiresAt: new Date(tools.clock.now().getTime() + CODE_MINUTES * 60_000),
  });
  return true;
}
