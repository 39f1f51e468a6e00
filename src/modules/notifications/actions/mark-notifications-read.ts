import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { liveEvents } from '#platform/frames.ts';
import { inputFault } from '#platform/validation.ts';
import { queueBadges } from '../plan-pushes.ts';
import { type Choice, countUnread, markRead } from '../queries/feed.ts';
import type { NotificationsRead, NotificationsReadBody } from '../schemas.ts';
import type { NotificationsTools } from '../tools.ts';

/** Marks entries of the feed as read, up to one or by their ids; the caller's other devices are told. */
export async function markNotificationsRead(
  tools: NotificationsTools,
  { accountId }: Actor,
  body: Static<typeof NotificationsReadBody>,
): Promise<Static<typeof NotificationsRead>> {
  const { db, bus, clock } = tools;
  const choice = readChoice(body);
  const hasChanged = await db.transaction(async (tx) => {
    if (!(await markRead(tx, accountId, choice, clock.now()))) return false;
    await queueBadges(tools, tx, [accountId]);
    return true;
  });
  const unread = (await countUnread(db.read, [accountId])).get(accountId) ?? 0;
  if (hasChanged) {
    const event = { type: 'notification.read' as const, data: { ...choice, unread } };
    bus.publish(liveEvents, { accountIds: [accountId], event });
  }
  return { unread };
}

function readChoice({ upTo, ids }: Static<typeof NotificationsReadBody>): Choice {
  if (upTo !== undefined && ids === undefined) return { upTo };
  if (ids !== undefined && upTo === undefined) return { ids };
  throw inputFault('/body/upTo', 'required', {
    en: 'Name either upTo or ids',
    ru: 'Укажите либо upTo, либо ids',
  });
}
