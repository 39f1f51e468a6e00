import type { ChatChange } from './change-chat.ts';
import { mediaOf } from './message-media.ts';
import { presentMessage } from './present.ts';
import { insertMessageMedia } from './queries/media.ts';
import { findAudience } from './queries/members.ts';
import { insertNumberedMessage, type NewMessage } from './queries/messages.ts';
import { insertNews } from './queries/news.ts';
import type { MessageRow, Service } from './tables.ts';
import type { MessengerTools } from './tools.ts';

/** Adds a message within a change of its chat and tells the members; the files that it carries are kept. */
export async function addMessage(
  { media }: MessengerTools,
  change: ChatChange,
  message: NewMessage,
): Promise<MessageRow> {
  const { tx, now, chat } = change;
  const row = await insertNumberedMessage(tx, { ...message, seq: change.takeSeq(), rev: change.takeRev() });
  const carried = mediaOf(row);
  if (carried.length > 0) {
    await media.keep(
      tx,
      carried.map(({ mediaId }) => mediaId),
    );
    await insertMessageMedia(tx, row, carried);
  }
  change.patch({ last_activity_at: now });
  if (!message.service) await insertNews(tx, chat.chat_id, row.seq);
  change.tell(await findAudience(tx, chat.chat_id), {
    type: 'message.created',
    chatId: chat.chat_id,
    rev: row.rev,
    data: presentMessage(row),
  });
  return row;
}

/** What happened in a group, as a message of its own in the line. */
export const addServiceNote = (
  tools: MessengerTools,
  change: ChatChange,
  authorId: string,
  service: Service,
): Promise<MessageRow> =>
  addMessage(tools, change, {
    chatId: change.chat.chat_id,
    authorId,
    clientId: tools.ids.next(),
    text: '',
    service,
    now: change.now,
  });
