import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { inputFault } from '#platform/validation.ts';
import { accessChat } from '../access.ts';
import { presentForReader } from '../own-part.ts';
import { findMessagesAfter, findMessagesBefore } from '../queries/messages.ts';
import type { HistoryQuery, MessageList } from '../schemas/messages.ts';
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
  const reader = { chat_id: chatId, account_id: actor.accountId };
  const findBefore = (place: number, count: number) => findMessagesBefore(db.read, reader, place, count);
  const findAfter = (place: number, count: number) => findMessagesAfter(db.read, reader, place, count);
  const present = async (rows: MessageRow[], hasMore: boolean) => {
    // The queries give nothing of a chat of others, and nothing of an empty one: which of the two it is is asked only then.
    if (rows.length === 0) await accessChat(db.read, actor, chatId);
    return { items: await presentForReader(db.read, actor.accountId, rows), hasMore };
  };
  if (around !== undefined) {
    const half = Math.floor(limit / 2);
    const older = await findBefore(around, half + 1);
    const newer = await findAfter(around - 1, limit - half + 1);
    const page = [...older.slice(0, half).toReversed(), ...newer.slice(0, limit - half)];
    return present(page, older.length > half || newer.length > limit - half);
  }
  if (after !== undefined) {
    const rows = await findAfter(after, limit + 1);
    return present(rows.slice(0, limit), rows.length > limit);
  }
  const rows = await findBefore(before ?? END, limit + 1);
  return present(rows.slice(0, limit).toReversed(), rows.length > limit);
}

const ONE_PLACE = {
  en: 'only one of before, after and around',
  ru: 'только одно из before, after и around',
};
