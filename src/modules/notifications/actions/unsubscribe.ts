import type { Locale } from '#platform/errors.ts';
import { lockSettings, updateSettings } from '../queries/settings.ts';
import type { NotificationsTools } from '../tools.ts';
import { readUnsubscribeToken } from '../unsubscribe-link.ts';
import { unsubscribedPage } from '../unsubscribe-pages.ts';

/** Stops the letters of the account that the link belongs to. As often as one likes; an account that is gone is no fault. */
export async function unsubscribe(tools: NotificationsTools, token: string, locale: Locale): Promise<Buffer> {
  const { accountId } = readUnsubscribeToken(tools, token);
  await tools.db.transaction(async (tx) => {
    const [account] = await tools.accounts.findAccounts(tx, [accountId]);
    // Whoever is suspended gets no letters after it either.
    if (!account) return;
    await lockSettings(tx, accountId);
    await updateSettings(tx, accountId, { are_digests_on: false });
  });
  return unsubscribedPage(locale);
}
