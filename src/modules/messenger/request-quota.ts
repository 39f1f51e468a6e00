import { dailyQuota, QUOTA_MS } from '#modules/relationships/index.ts';
import type { Tx } from '#platform/database.ts';
import { chatRequestQuotaReached } from './errors.ts';
import { findRequestTimes, lockRequester } from './queries/chats.ts';
import type { MessengerTools } from './tools.ts';

/**
 * Refuses one more request to a stranger when as many wait from the last 24 hours as one may send to teammates in a day.
 * Those that were answered do not count.
 */
export async function checkRequestQuota({ accounts, clock }: MessengerTools, tx: Tx, accountId: string): Promise<void> {
  await lockRequester(tx, accountId);
  const now = clock.now();
  const [writer] = await accounts.findAccounts(tx, [accountId]);
  const times = await findRequestTimes(tx, accountId, new Date(now.getTime() - QUOTA_MS));
  const oldest = writer && times[dailyQuota(writer, now) - 1];
  if (!oldest) return;
  throw chatRequestQuotaReached({
    retryAfterSeconds: Math.ceil((oldest.getTime() + QUOTA_MS - now.getTime()) / 1_000),
  });
}
