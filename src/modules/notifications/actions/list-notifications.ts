import { type Static, Type } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { DEFAULT_LIMIT } from '#platform/paging.ts';
import { presentNotification } from '../present.ts';
import { countUnread, findNotifications } from '../queries/feed.ts';
import type { NotificationPage, NotificationsQuery } from '../schemas.ts';
import type { NotificationsTools } from '../tools.ts';

const Place = Type.Object({ before: Type.String() });

/** The caller's feed, newest first. What is about a person whom the caller may no longer see is left out. */
export async function listNotifications(
  tools: NotificationsTools,
  actor: Actor,
  { limit = DEFAULT_LIMIT, cursor }: Static<typeof NotificationsQuery>,
): Promise<Static<typeof NotificationPage>> {
  const { db, cursors, profiles } = tools;
  const { accountId } = actor;
  const purpose = `listNotifications:${accountId}`;
  const before = cursor === undefined ? undefined : cursors.open(purpose, Place, cursor).before;
  const rows = await findNotifications(db.read, accountId, before, limit + 1);
  const page = rows.slice(0, limit);
  const actorIds = [...new Set(page.flatMap(({ actor_id }) => actor_id ?? []))];
  const [cards, unread, [account]] = await Promise.all([
    profiles.findCards(db.read, actor, actorIds),
    countUnread(db.read, [accountId]),
    tools.accounts.findAccounts(db.read, [accountId]),
  ]);
  const byId = new Map(cards.map((card) => [card.userId, card]));
  const items = page.flatMap((row) => {
    const card = row.actor_id === null ? undefined : byId.get(row.actor_id);
    return row.actor_id === null || card ? [presentNotification(row, card, account?.locale ?? 'en')] : [];
  });
  const last = page.at(-1);
  return {
    items,
    unread: unread.get(accountId) ?? 0,
    ...(rows.length > limit && last && { nextCursor: cursors.seal(purpose, { before: last.notification_id }) }),
  };
}
