import { sql } from 'kysely';
import type { Queryable } from '#platform/database.ts';

/** The chats that somebody is or was in, with what everybody in them sees. */
export const findChatsOf = (db: Queryable, accountId: string) =>
  db
    .selectFrom('chat_members')
    .innerJoin('chats', 'chats.chat_id', 'chat_members.chat_id')
    .select(['chats.chat_id', 'kind', 'title', 'member_count', 'chats.created_at', 'last_activity_at'])
    .where('account_id', '=', accountId)
    .orderBy('chats.chat_id')
    .execute();

/** What somebody's messages in a chat said before they were edited or deleted. */
export async function findVersionsOf(db: Queryable, chatId: string, authorId: string, afterSeq: number, limit: number) {
  const { rows } = await sql<{ chat_id: string; seq: number; rev: number; text: string; replaced_at: Date }>`
    with own as (
      select distinct seq from message_versions join messages using (chat_id, seq)
      where chat_id = ${chatId} and author_id = ${authorId} and seq > ${afterSeq} order by seq limit ${limit}
    )
    select chat_id, seq, rev, text, replaced_at from message_versions join own using (seq)
    where chat_id = ${chatId} order by seq, rev`.execute(db);
  return rows;
}
