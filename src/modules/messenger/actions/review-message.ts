import type { Queryable, Tx } from '#platform/database.ts';
import { bury } from '../bury.ts';
import { changeChatWithin } from '../change-chat.ts';
import { messageNotFound } from '../errors.ts';
import { findAnyMessage, listVersions } from '../queries/messages.ts';
import type { Attachment, Forward, MessageRow } from '../tables.ts';
import type { MessengerTools } from '../tools.ts';

export type MessageEvidence = {
  chatId: string;
  seq: number;
  authorId: string;
  text: string;
  createdAt: Date;
  deletedAt?: Date;
  attachments?: Attachment[];
  forwards?: Forward[];
  /** What it said before, the oldest first. */
  versions: { text: string; replacedAt: Date; replacedBy: string }[];
};

/** For moderators who look into a report, never for the chat. */
export async function reviewMessage(
  { db }: MessengerTools,
  chatId: string,
  seq: number,
): Promise<MessageEvidence | undefined> {
  const message = await findAnyMessage(db.read, chatId, seq);
  return message && presentEvidence(db.read, message);
}

export async function presentEvidence(db: Queryable, message: MessageRow): Promise<MessageEvidence> {
  const { chat_id: chatId, seq, attachments, forwards } = message;
  const versions = await listVersions(db, chatId, seq);
  return {
    chatId,
    seq,
    authorId: message.author_id,
    text: message.text,
    createdAt: message.created_at,
    ...(message.deleted_at && { deletedAt: message.deleted_at }),
    ...(attachments && { attachments }),
    ...(forwards && { forwards }),
    versions: versions.map((row) => ({
      text: row.text,
      replacedAt: row.replaced_at,
      replacedBy: row.replaced_by,
    })),
  };
}

export const takeDownMessage = (
  tools: MessengerTools,
  tx: Tx,
  { chatId, seq, moderatorId }: { chatId: string; seq: number; moderatorId: string },
): Promise<void> =>
  changeChatWithin(tools, tx, chatId, async (change) => {
    const message = await findAnyMessage(tx, chatId, seq);
    if (!message) throw messageNotFound();
    if (!message.deleted_at) await bury(tools, change, message, moderatorId);
  });
