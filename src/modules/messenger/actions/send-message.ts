import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { isUniqueViolation } from '#platform/database.ts';
import { liveEvents } from '#platform/frames.ts';
import { inputFault } from '#platform/validation.ts';
import { accessChat } from '../access.ts';
import { clientIdReused } from '../errors.ts';
import { presentMessage } from '../present.ts';
import { findMessageByClientId, insertMessage } from '../queries.ts';
import type { Message, SendMessageBody } from '../schemas.ts';
import type { MessageRow } from '../tables.ts';
import type { MessengerTools } from '../tools.ts';

type Input = Static<typeof SendMessageBody> & { chatId: string };

/**
 * Sends a message: it is committed when this returns, and the same `clientId` of the same sender is the same message,
 * however often and however many at once.
 */
export async function sendMessage(tools: MessengerTools, actor: Actor, input: Input): Promise<Static<typeof Message>> {
  const text = input.text.normalize('NFC').trim();
  if (text === '') throw inputFault('/body/text', 'length', EMPTY);
  const { chatId, clientId } = input;
  const message = { chatId, authorId: actor.accountId, clientId, text, now: tools.clock.now() };

  return tools.lines(chatId, async () => {
    const sent = await insertMessage(tools.db.statement, message).catch((error: unknown) => {
      if (isUniqueViolation(error, 'messages_client_id')) return undefined;
      throw error;
    });
    if (!sent) return presentMessage(await findFirst(tools, actor, { ...input, text }));
    const data = presentMessage(sent);
    const event = { type: 'message.created' as const, chatId, rev: sent.rev, data };
    tools.bus.publish(liveEvents, { accountIds: sent.member_ids, event });
    return data;
  });
}

/** The message that the same client id made before; a caller who may not write here learns only that. */
async function findFirst({ db }: MessengerTools, actor: Actor, input: Input): Promise<MessageRow> {
  await accessChat(db.read, actor, input.chatId);
  const first = await findMessageByClientId(db.read, input.chatId, actor.accountId, input.clientId);
  if (!first) throw new Error('a message was neither inserted nor there before');
  if (first.text !== input.text && !first.edited_at && !first.deleted_at) throw clientIdReused();
  return first;
}

const EMPTY = { en: 'is empty', ru: 'пусто' };
