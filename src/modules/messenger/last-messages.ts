import type { Static } from 'typebox';
import type { Queryable } from '#platform/database.ts';
import { presentForReader } from './own-part.ts';
import { presentChat } from './present.ts';
import { findLastMessages } from './queries/chats.ts';
import type { Chat } from './schemas/chats.ts';
import type { MemberChatRow } from './tables.ts';
import type { MessengerTools } from './tools.ts';

/** Shapes chats together with their photos and the newest message of each that the member may see, read in one batch. */
export async function withLastMessages(
  { media }: Pick<MessengerTools, 'media'>,
  db: Queryable,
  accountId: string,
  rows: readonly MemberChatRow[],
): Promise<Static<typeof Chat>[]> {
  const chatIds = rows.filter(({ last_seq }) => last_seq > 0).map(({ chat_id }) => chat_id);
  const messages = chatIds.length > 0 ? await findLastMessages(db, accountId, chatIds) : [];
  const presented = await presentForReader(db, accountId, messages);
  const byChat = new Map(presented.map((message) => [message.chatId, message]));
  const photoIds = rows.flatMap(({ photo_id }) => photo_id ?? []);
  const photos = await media.findPrivatePictures(db, photoIds);
  return rows.map((row) => presentChat(row, byChat.get(row.chat_id), photos.get(row.photo_id ?? '')));
}
