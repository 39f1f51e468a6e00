import type { Tx } from '#platform/database.ts';
import { securityNoted } from './events.ts';
import { queueMail } from './mails.ts';
import type { AccountRow } from './tables.ts';
import type { AccountsTools } from './tools.ts';

/** Tells the owner that somebody signed in from a device that the account has not been used on. */
export async function tellOfNewDevice(
  tools: AccountsTools,
  tx: Tx,
  { account_id: accountId, username, email, email_verified_at: verifiedAt, locale }: AccountRow,
  clientKind: string,
): Promise<void> {
  await tools.announce(tx, securityNoted, { accountId, code: 'new_device' });
  if (!email || !verifiedAt) return;
  const values = { username, device: clientKind, happenedAt: tools.clock.now().toISOString() };
  await queueMail(tools, tx, { name: 'newDevice', to: email, locale, values });
}
