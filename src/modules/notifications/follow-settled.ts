import type { Tx } from '#platform/database.ts';
import { liveEvents } from '#platform/frames.ts';
import { queueBadges } from './plan-pushes.ts';
import { countUnread, type Settled } from './queries/feed.ts';
import type { NotificationsTools } from './tools.ts';

/** Entries were dealt with elsewhere, or what they told of is gone: badges and open sockets follow. */
export async function followSettled(tools: NotificationsTools, tx: Tx, settled: readonly Settled[]): Promise<void> {
  if (settled.length === 0) return;
  const byAccount = Map.groupBy(settled, ({ account_id }) => account_id);
  const accountIds = [...byAccount.keys()];
  await queueBadges(tools, tx, accountIds);
  const unread = await countUnread(tx, accountIds);
  tools.db.afterCommit(tx, () => {
    for (const [accountId, entries] of byAccount) {
      const ids = entries.map(({ notification_id }) => notification_id);
      const event = { type: 'notification.read' as const, data: { ids, unread: unread.get(accountId) ?? 0 } };
      tools.bus.publish(liveEvents, { accountIds: [accountId], event });
    }
  });
}
