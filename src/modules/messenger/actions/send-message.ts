import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { isUniqueViolation } from '#platform/database.ts';
import { accessChat } from '../access.ts';
import { type Content, prepareContent } from '../content.ts';
import { clientIdReused } from '../errors.ts';
import { presentMessage } from '../present.ts';
import { findMessageByClientId, type NewMessage } from '../queries.ts';
import type { Message, SendMessageBody } from '../schemas.ts';
import { sendSlowly } from '../send-slowly.ts';
import type { MessageRow } from '../tables.ts';
import type { MessengerTools } from '../tools.ts';

type Input = Static<typeof SendMessageBody> & { chatId: string };

/**
 * Sends a message: it is committed when this returns, and the same `clientId` of the same sender is the same message,
 * however often and however many at once.
 */
export const sendMessage = async (tools: MessengerTools, actor: Actor, input: Input): Promise<Static<typeof Message>> =>
  sendContent(tools, actor, input, await prepareContent(tools, actor, input));

/** The same for content that is checked already. */
export async function sendContent(
  tools: MessengerTools,
  actor: Actor,
  { chatId, clientId }: { chatId: string; clientId: string },
  content: Content,
): Promise<Static<typeof Message>> {
  const message = { ...content, chatId, authorId: actor.accountId, clientId, now: tools.clock.now() };
  const sent = await tools.send(message).catch((error: unknown) => {
    if (isUniqueViolation(error, 'messages_client_id')) return undefined;
    throw error;
  });
  const row = sent ?? (await findFirst(tools, actor, message));
  if (!isSame(row, message)) throw clientIdReused();
  return presentMessage(row);
}

/** The message that the same client id made before; else what could not be sent the usual way goes the slow one. */
async function findFirst(tools: MessengerTools, actor: Actor, message: NewMessage): Promise<MessageRow> {
  const { chatId, clientId } = message;
  await accessChat(tools.db.read, actor, chatId);
  const first = await findMessageByClientId(tools.db.read, chatId, actor.accountId, clientId);
  return first ?? tools.lines(chatId, () => sendSlowly(tools, actor, message));
}

/** Whether the message that the client id made is the one that is sent now; what was edited since cannot be compared. */
function isSame(row: MessageRow, { text, replyToSeq, poll }: Content): boolean {
  if (row.edited_at || row.deleted_at) return true;
  return row.text === text && (row.reply_to_seq ?? undefined) === replyToSeq && row.poll?.question === poll?.question;
}
