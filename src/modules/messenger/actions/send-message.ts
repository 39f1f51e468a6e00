import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { isUniqueViolation } from '#platform/database.ts';
import { liveEvents } from '#platform/frames.ts';
import { accessChat } from '../access.ts';
import { type Content, prepareContent } from '../content.ts';
import { clientIdReused } from '../errors.ts';
import { presentMessage } from '../present.ts';
import { findMessageByClientId, insertMessage } from '../queries.ts';
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
  return tools.lines(chatId, async () => {
    const sent = await insertMessage(tools.db.statement, message).catch((error: unknown) => {
      if (isUniqueViolation(error, 'messages_client_id')) return undefined;
      throw error;
    });
    if (sent) {
      const data = presentMessage(sent);
      const event = { type: 'message.created' as const, chatId, rev: sent.rev, data };
      tools.bus.publish(liveEvents, { accountIds: sent.member_ids, event });
      return data;
    }
    await accessChat(tools.db.read, actor, chatId);
    const first = await findMessageByClientId(tools.db.read, chatId, actor.accountId, clientId);
    const row = first ?? (await sendSlowly(tools, actor, message));
    if (!isSame(row, message)) throw clientIdReused();
    return presentMessage(row);
  });
}

/** Whether the message that the client id made is the one that is sent now; what was edited since cannot be compared. */
function isSame(row: MessageRow, { text, replyToSeq, poll }: Content): boolean {
  if (row.edited_at || row.deleted_at) return true;
  return row.text === text && (row.reply_to_seq ?? undefined) === replyToSeq && row.poll?.question === poll?.question;
}
