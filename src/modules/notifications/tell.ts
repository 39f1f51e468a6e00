import type { Tx } from '#platform/database.ts';
import { liveEvents } from '#platform/frames.ts';
import type { FeedKind } from './kinds.ts';
import { planDigests } from './plan-digests.ts';
import { presentNotification } from './present.ts';
import { countOfKind, countUnread, insertNotification } from './queries/feed.ts';
import { findSettings } from './queries/settings.ts';
import { queuePushes, timingOf } from './queue-pushes.ts';
import type { NotificationData } from './schemas.ts';
import { readSettings } from './settings.ts';
import { notificationSubject } from './subjects.ts';
import type { NotificationRow } from './tables.ts';
import type { NotificationsTools } from './tools.ts';

export type News = {
  accountId: string;
  kind: FeedKind;
  /** What it tells of: the same is told once. */
  source: string;
  /** The person it is about. */
  actorId?: string;
  data?: NotificationData;
};

/**
 * Puts a piece of news into the feed and tells open sockets after the commit. Whoever may not see the person it is about
 * (a block of either, an account that is gone) is told nothing, and nobody is told of the same thing twice. Whoever is
 * suspended or banned finds the decisions in the feed when that has ended, and nothing else.
 */
export async function tell(tools: NotificationsTools, tx: Tx, news: News): Promise<void> {
  const { db, bus, clock, ids } = tools;
  const { accountId, kind, source, actorId, data = {} } = news;
  const [account] = await tools.accounts.findAccounts(tx, [accountId]);
  if (!account || !(account.isActive || kind === 'moderation')) return;
  const [card] = actorId === undefined ? [] : await tools.profiles.findCards(tx, { accountId }, [actorId]);
  if (actorId !== undefined && !card) return;
  const row = await insertNotification(tx, {
    notification_id: ids.next(),
    account_id: accountId,
    kind,
    source,
    actor_id: actorId ?? null,
    data: JSON.stringify(data),
    created_at: clock.now(),
  });
  if (!row || !account.isActive) return;
  await planPush(tools, tx, row);
  const unread = (await countUnread(tx, [accountId])).get(accountId) ?? 0;
  const event = {
    type: 'notification' as const,
    data: { unread, notification: presentNotification(row, card, account.locale) },
  };
  db.afterCommit(tx, () => bus.publish(liveEvents, { accountIds: [accountId], event }));
}

const GRACE_SECONDS = 2;
const DAY_MS = 86_400_000;

async function planPush(tools: NotificationsTools, tx: Tx, row: NotificationRow): Promise<void> {
  const { account_id: accountId, notification_id: notificationId, kind } = row;
  if (kind === 'search_match' && !(await isWithinCap(tools, tx, accountId))) return;
  const pushes = [{ accountId, subject: notificationSubject(notificationId) }];
  const reached = await queuePushes(tools, tx, pushes, timingOf(tools, GRACE_SECONDS, 0));
  if (!reached.has(accountId)) await planDigests(tools, tx, [accountId]);
}

/** The search finds a few people a day; not everybody wants a push for each. */
async function isWithinCap({ clock }: NotificationsTools, tx: Tx, accountId: string): Promise<boolean> {
  const { matchPushesPerDay } = readSettings((await findSettings(tx, [accountId]))[0]);
  const since = new Date(clock.now().getTime() - DAY_MS);
  return (await countOfKind(tx, accountId, 'search_match', since)) <= matchPushesPerDay;
}
