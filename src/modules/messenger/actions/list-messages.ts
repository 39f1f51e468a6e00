import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { inputFault } from '#platform/validation.ts';
import { accessChat } from '../access.ts';
import { presentForReader } from '../own-part.ts';
import { findMessagesAfter, findMessagesBefore } from '../queries.ts';
import type { HistoryQuery, MessageList } from '../schemas.ts';
import type { MessageRow } from '../tables.ts';
import type { MessengerTools } from '../tools.ts';

const END = 2_147_483_647;

/** History by number: the newest page, or what stands before, after or around a message. */
export async function listMessages(
  { db }: MessengerTools,
  actor: Actor,
  chatId: string,
  { before, after, around, limit = 50 }: Static<typeof HistoryQuery>,
): Promise<Static<typeof MessageList>> {
  if ([before, after, around].filter((place) => place !== undefined).length > 1) {
    throw inputFault('/query', 'format', ONE_PLACE);
  }
  const viewer = await accessChat(db.read, actor, chatId);
  const present = (rows: MessageRow[]) => presentForReader(db.read, actor.accountId, rows);
  if (around !== undefined) {
    const half = Math.floor(limit / 2);
    const older = await findMessagesBefore(db.read, viewer, around, half + 1);
    const newer = await findMessagesAfter(db.read, viewer, around - 1, limit - half + 1);
    const items = await present([...older.slice(0, half).toReversed(), ...newer.slice(0, limit - half)]);
    return { items, hasMore: older.length > half || newer.length > limit - half };
  }
  const rows =
    after === undefined
      ? await findMessagesBefore(db.read, viewer, before ?? END, limit + 1)
      : await findMessagesAfter(db.read, viewer, after, limit + 1);
  const page = await present(rows.slice(0, limit));
  return { items: after === undefined ? page.toReversed() : page, hasMore: rows.length > limit };
}

const ONE_PLACE = {
  en: 'only one of before, after and around',
  ru: 'только одно из before, after и around',
};
