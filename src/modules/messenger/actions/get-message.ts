import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { accessChat } from '../access.ts';
import { messageNotFound } from '../errors.ts';
import { presentForReader } from '../own-part.ts';
import { findVisibleMessages } from '../queries/messages.ts';
import type { Message } from '../schemas/messages.ts';
import type { MessengerTools } from '../tools.ts';

/** One message: the target of a reply or of a pin that the client does not hold. */
export async function getMessage(
  { db }: MessengerTools,
  actor: Actor,
  chatId: string,
  seq: number,
): Promise<Static<typeof Message>> {
  const viewer = await accessChat(db.read, actor, chatId);
  const rows = await findVisibleMessages(db.read, viewer, [seq]);
  const [message] = await presentForReader(db.read, actor.accountId, rows);
  if (!message) throw messageNotFound();
  return message;
}
