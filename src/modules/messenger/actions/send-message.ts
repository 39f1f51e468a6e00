import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { isUniqueViolation } from '#platform/database.ts';
import { ProblemError } from '#platform/errors.ts';
import { accessChat } from '../access.ts';
import { type Content, cleanText, prepareContent } from '../content.ts';
import { clientIdReused } from '../errors.ts';
import { mediaOf } from '../message-media.ts';
import { presentMessage } from '../present.ts';
import { findMembership } from '../queries/members.ts';
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
export async function sendMessage(tools: MessengerTools, actor: Actor, input: Input): Promise<Static<typeof Message>> {
  let content: Content;
  try {
    content = await prepareContent(tools, actor, input);
  } catch (refusal) {
    // What the message refers to may be gone since it was sent first.
    const first = refusal instanceof ProblemError && (await findFirst(tools, actor, input));
    if (!first) throw refusal;
    return presentRepeat(first, { ...input, text: cleanText(input.text ?? '') });
  }
  return sendContent(tools, actor, input, content);
}

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
  const presented = presentRepeat(row, message);
  await holdMessage(tools, row);
  return presented;
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

/** The message that the client id made before; none for whoever is out of the chat. */
const findFirst = ({ db, lines }: MessengerTools, { accountId }: Actor, { chatId, clientId }: Input) =>
  lines(chatId, async () => {
    const member = await findMembership(db.read, chatId, accountId);
    return member?.state === 'active' ? findMessageByClientId(db.read, chatId, accountId, clientId) : undefined;
  });

type Sent = Pick<Content, 'text' | 'replyToSeq' | 'poll'> & { attachments?: readonly { mediaId: string }[] };

/**
 * Answers with the message that the client id made, if it is the one that is sent now. What was edited since cannot be
 * compared, nor can copies: their sources change.
 */
function presentRepeat(row: MessageRow, { text, replyToSeq, poll, attachments = [] }: Sent): Static<typeof Message> {
  const mediaIds = new Set(attachments.map(({ mediaId }) => mediaId));
  const isSame =
    (row.text === text || isMasked(row.text, text)) &&
    (row.reply_to_seq ?? undefined) === replyToSeq &&
    row.poll?.question === poll?.question &&
    (row.attachments ?? []).map(({ mediaId }) => mediaId).join() === [...mediaIds].join();
  if (!isSame && !row.edited_at && !row.deleted_at) throw clientIdReused();
  return presentMessage(row);
}

/** A message to a stranger may have been stored with words masked, by rules that are others by now. */
const isMasked = (stored: string, sent: string): boolean =>
  stored.length === sent.length && stored.split('').every((unit, i) => unit === sent[i] || unit === '*');
