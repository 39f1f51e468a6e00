import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import type { Queryable } from '#platform/database.ts';
import { accessChat } from '../access.ts';
import { changesTooOld } from '../errors.ts';
import { presentForReader } from '../own-part.ts';
import { presentChatInfo, presentMember, presentMessageChange } from '../present.ts';
import { findChangedInfo, findChangedMembers, findChangedMessages, type Stretch } from '../queries/changes.ts';
import type { Change, ChangeList } from '../schemas/catch-up.ts';
import type { MessengerTools } from '../tools.ts';

/** Exactly what a client missed since `since`: each thing that changed, once, as it is now. */
export async function listChanges(
  { db }: MessengerTools,
  actor: Actor,
  chatId: string,
  since: number,
  limit = 100,
): Promise<Static<typeof ChangeList>> {
  const member = await accessChat(db.read, actor, chatId);
  if (isTooOld(member, since)) throw changesTooOld();
  const stretch = { chatId, since, upTo: member.last_rev };
  const [list] = await readChanges(db.read, actor.accountId, [stretch], limit);
  if (!list) throw new Error('a stretch of changes was not read');
  return list;
}

/** More than this is quicker loaded anew than caught up. */
const MAX_BEHIND = 10_000;

/**
 * Whether a copy cannot be caught up: it is too far behind, or older than the latest joining of its owner, who was away
 * meanwhile, or ahead of the chat, which happens when the database was restored from a backup.
 */
export const isTooOld = (chat: { last_rev: number; joined_rev: number }, since: number): boolean =>
  since > chat.last_rev || chat.last_rev - since > MAX_BEHIND || (since > 0 && since < chat.joined_rev);

/**
 * Reads what changed in each stretch, at most `limit` changes a chat. A stretch ends at the `last_rev` that was read
 * first: what changes while this reads lies beyond it and comes with the next catch-up, or live.
 */
export async function readChanges(
  db: Queryable,
  accountId: string,
  stretches: readonly Stretch[],
  limit: number,
): Promise<Static<typeof ChangeList>[]> {
  if (stretches.length === 0) return [];
  const rows = await findChangedMessages(db, accountId, stretches, limit + 1);
  const members = Map.groupBy(await findChangedMembers(db, stretches, limit + 1), ({ chat_id }) => chat_id);
  const infos = Map.groupBy(await findChangedInfo(db, stretches), ({ chat_id }) => chat_id);
  const presented = await presentForReader(db, accountId, rows);
  const messages = Map.groupBy(
    rows.map((row, i) => ({ row, message: presented[i] })),
    ({ row }) => row.chat_id,
  );
  return stretches.map(({ chatId, since, upTo }) => {
    const all: Static<typeof Change>[] = [
      ...(messages.get(chatId) ?? []).flatMap(({ row, message }) =>
        message ? [presentMessageChange(message, row, since)] : [],
      ),
      ...(members.get(chatId) ?? []).map((row) => ({
        type: 'member.changed',
        chatId,
        rev: row.rev,
        data: presentMember(row),
      })),
      ...(infos.get(chatId) ?? []).map((row) => ({
        type: 'chat.updated',
        chatId,
        rev: row.info_rev,
        data: presentChatInfo(row),
      })),
    ];
    const items = all.toSorted((one, other) => one.rev - other.rev).slice(0, limit);
    const hasMore = all.length > limit;
    return { chatId, rev: hasMore ? (items.at(-1)?.rev ?? since) : upTo, items, hasMore };
  });
}
