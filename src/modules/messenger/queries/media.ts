import { sql } from 'kysely';
import type { MediaKind } from '#modules/media/index.ts';
import type { Queryable, Tx } from '#platform/database.ts';
import { type Attachment, floorOf, type MessageRow, type Viewer } from '../tables.ts';

type Place = Pick<MessageRow, 'chat_id' | 'seq'>;

export const insertMessageMedia = (tx: Tx, { chat_id, seq }: Place, media: readonly Attachment[]) =>
  tx
    .insertInto('message_media')
    .values(media.map(({ mediaId: media_id, kind }) => ({ media_id, chat_id, seq, kind })))
    .execute();

/** The message carries nothing any more. Returns what it did carry. */
export async function deleteMessageMedia(tx: Tx, { chat_id, seq }: Place): Promise<string[]> {
  const rows = await tx
    .deleteFrom('message_media')
    .where('chat_id', '=', chat_id)
    .where('seq', '=', seq)
    .returning('media_id')
    .execute();
  return rows.map(({ media_id }) => media_id);
}

/** No message of the chat carries anything any more. Returns what they did carry, as often as they did. */
export async function deleteChatMedia(tx: Tx, chatId: string): Promise<string[]> {
  const rows = await tx.deleteFrom('message_media').where('chat_id', '=', chatId).returning('media_id').execute();
  return rows.map(({ media_id }) => media_id);
}

/** Those of the files that a message, or the photo of a chat, shows to the account now. */
export async function findReadableMedia(
  db: Queryable,
  accountId: string,
  mediaIds: readonly string[],
): Promise<Set<string>> {
  const { rows } = await sql<{ media_id: string }>`
    select media_id from message_media as carried join chat_members as mine using (chat_id)
    where media_id = any(${mediaIds}::uuid[])
      and mine.account_id = ${accountId} and mine.state = 'active'
      and seq > greatest(mine.cleared_seq, mine.visible_from_seq - 1)
      and not exists (
        select from hidden_messages as hidden
        where hidden.chat_id = carried.chat_id and hidden.seq = carried.seq and hidden.account_id = mine.account_id)
    union
    select photo_id from chat_members as mine join chats using (chat_id)
    where mine.account_id = ${accountId} and mine.state = 'active'
      and photo_id = any(${mediaIds}::uuid[])`.execute(db);
  return new Set(rows.map(({ media_id }) => media_id));
}

/** A file and the message that carries it. */
export type CarriedMedia = { media_id: string } & Pick<
  MessageRow,
  'seq' | 'author_id' | 'created_at' | 'attachments' | 'forwards'
>;

/** Files in messages that the viewer may see, the latest message first. */
export async function listCarriedMedia(
  db: Queryable,
  viewer: Viewer,
  {
    kind,
    after,
    limit,
  }: { kind: MediaKind | undefined; after: { seq: number; mediaId: string } | undefined; limit: number },
): Promise<CarriedMedia[]> {
  const { rows } = await sql<CarriedMedia>`
    select media_id, seq, author_id, created_at, attachments, forwards
    from message_media as carried join messages using (chat_id, seq)
    where chat_id = ${viewer.chat_id} and seq >= ${floorOf(viewer)}
      ${kind === undefined ? sql`` : sql`and kind = ${kind}`}
      ${after === undefined ? sql`` : sql`and (seq, media_id) < (${after.seq}, ${after.mediaId}::uuid)`}
      and not exists (
        select from hidden_messages as hidden
        where hidden.chat_id = carried.chat_id and hidden.seq = carried.seq
          and hidden.account_id = ${viewer.account_id})
    order by seq desc, media_id desc
    limit ${limit}`.execute(db);
  return rows;
}
