import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import type { Queryable } from '#platform/database.ts';
import { accessChat } from '../access.ts';
import { presentChange } from '../present.ts';
import { findChangedMessages } from '../queries.ts';
import type { ChangeList } from '../schemas.ts';
import type { MessengerTools } from '../tools.ts';

/** Exactly what a client missed since `since`: each message that changed, once, as it is now. */
export async function listChanges(
  { db }: MessengerTools,
  actor: Actor,
  chatId: string,
  since: number,
  limit = 100,
): Promise<Static<typeof ChangeList>> {
  const { last_rev } = await accessChat(db.read, actor, chatId);
  return readChanges(db.read, chatId, since, last_rev, limit);
}

/** `lastRev` was read before the changes, so what is claimed as known is never more than what is given. */
export async function readChanges(
  db: Queryable,
  chatId: string,
  since: number,
  lastRev: number,
  limit: number,
): Promise<Static<typeof ChangeList>> {
  const rows = await findChangedMessages(db, chatId, since, limit + 1);
  const items = rows.slice(0, limit).map((row) => presentChange(row, since));
  const hasMore = rows.length > limit;
  const lastGiven = items.at(-1)?.rev ?? since;
  return { chatId, rev: hasMore ? lastGiven : Math.max(lastGiven, lastRev), items, hasMore };
}
