import type { Static } from 'typebox';
import type { Queryable } from '#platform/database.ts';
import { presentChat } from './present.ts';
import { findMessages } from './queries.ts';
import type { Chat } from './schemas.ts';
import type { MemberChatRow } from './tables.ts';

/** Shapes chats together with the newest message of each, read in one batch. */
export async function withLastMessages(db: Queryable, rows: readonly MemberChatRow[]): Promise<Static<typeof Chat>[]> {
  const places = rows.filter(({ last_seq }) => last_seq > 0).map((row) => ({ chatId: row.chat_id, seq: row.last_seq }));
  const messages = places.length > 0 ? await findMessages(db, places) : [];
  const byChat = new Map(messages.map((message) => [message.chat_id, message]));
  return rows.map((row) => presentChat(row, byChat.get(row.chat_id)));
}
