import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { isUniqueViolation } from '#platform/database.ts';
import { accessChat } from '../access.ts';
import { type Content, prepareContent } from '../content.ts';
import { clientIdReused } from '../errors.ts';
import { mediaIdsOf, mediaOf } from '../message-media.ts';
import { presentMessage } from '../present.ts';
import { findMessageByClientId, type NewMessage } from '../queries/messages.ts';
import type { Message, SendMessageBody } from '../schemas/messages.ts';
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
  const sent = mediaOf(content).length > 0 ? undefined : await sendTogether(tools, message);
  const row = sent ?? (await findOrSendSlowly(tools, actor, message));
  if (!isSame(tools, row, message)) throw clientIdReused();
  await holdMessage(tools, row);
  return presentMessage(row);
}

/** The usual way, of messages without files: to keep a file takes a transaction of its own. */
const sendTogether = (tools: MessengerTools, message: NewMessage) =>
  tools.send(message).catch((error: unknown) => {
    if (isUniqueViolation(error, 'messages_client_id')) return undefined;
    throw error;
  });

/** What the staff want to see of chats is looked at after it was sent: it is delivered all the same. */
async function holdMessage({ db, textRules }: MessengerTools, row: MessageRow): Promise<void> {
  const { chat_id: chatId, seq, author_id: accountId, text } = row;
  const verdict = textRules.judge('message', text);
  if (verdict.kind !== 'pass' || !verdict.isHeld) return;
  await db.transaction((tx) => textRules.hold(tx, { accountId, field: 'message', text, chatId, seq }));
}

/** The message that the client id made before; or the message takes the long way, which knows why it may not pass. */
const findOrSendSlowly = (tools: MessengerTools, actor: Actor, message: NewMessage): Promise<MessageRow> =>
  tools.lines(message.chatId, async () => {
    await accessChat(tools.db.read, actor, message.chatId);
    const first = await findMessageByClientId(tools.db.read, message.chatId, actor.accountId, message.clientId);
    return first ?? sendSlowly(tools, actor, message);
  });

/** Whether the message that the client id made is the one that is sent now; what was edited since cannot be compared. */
function isSame({ textRules }: MessengerTools, row: MessageRow, content: Content): boolean {
  if (row.edited_at || row.deleted_at) return true;
  const { text, replyToSeq, poll } = content;
  if (mediaIdsOf(row).join() !== mediaIdsOf(content).join()) return false;
  const isSameText = row.text === text || isMasked(textRules, row.text, text);
  return isSameText && (row.reply_to_seq ?? undefined) === replyToSeq && row.poll?.question === poll?.question;
}

/** A message to a stranger may have been stored with words masked. */
function isMasked(textRules: MessengerTools['textRules'], stored: string, sent: string): boolean {
  const verdict = textRules.judge('stranger_message', sent);
  return verdict.kind === 'pass' && verdict.text === stored;
}
