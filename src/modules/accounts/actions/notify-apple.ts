import { notFound } from '#platform/errors.ts';
import { lockAccount } from '../queries/accounts.ts';
import { deleteAppleIdentity, findAppleIdentity } from '../queries/apple.ts';
import { endChosenSessions } from '../sessions.ts';
import { isActiveAt } from '../standing.ts';
import type { AccountsTools } from '../tools.ts';

/** Apple's documents name the last one both ways. */
const ENDINGS = new Set(['consent-revoked', 'account-delete', 'account-deleted']);

/**
 * Hears what Apple says of a person: that consent was taken back or the Apple account deleted. This way in is closed and
 * every session ends; that of somebody banned or suspended stays known. A notice that comes twice changes nothing more,
 * though the person may have come back in between; other kinds need nothing from us.
 */
export async function notifyApple(tools: AccountsTools, payload: string): Promise<void> {
  if (!tools.apple) throw notFound();
  const { type, subject, happenedAt } = await tools.apple.readNotice(payload);
  if (!ENDINGS.has(type)) return;
  await tools.db.transaction(async (tx) => {
    const identity = await findAppleIdentity(tx, subject);
    // What happened before the present link is not about it: Apple was late, or somebody kept an old notice.
    if (!identity || happenedAt < identity.linked_at) return;
    const { account_id: accountId } = identity;
    const account = await lockAccount(tx, accountId);
    // Somebody banned or suspended who takes the consent back must not be new to us at the next sign-in.
    if (account && isActiveAt(account, tools.clock.now())) await deleteAppleIdentity(tx, accountId);
    await endChosenSessions(tools, tx, { accountId });
  });
}
