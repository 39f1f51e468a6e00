import type { Static } from 'typebox';
import type { LiveEvent } from '#platform/frames.ts';
import type { ChatChange } from './change-chat.ts';
import { presentForReader } from './own-part.ts';
import { presentMessage } from './present.ts';
import { findViewers } from './queries/members.ts';
import { updateMessage } from './queries/messages.ts';
import type { Message } from './schemas/messages.ts';
import type { MessagePatch } from './tables.ts';

type Revision = {
  seq: number;
  patch: MessagePatch;
  actorId: string;
  type?: LiveEvent['type'];
  /** Told beside the message, to everybody. */
  more?: object;
};

/**
 * Changes a message and tells those who may see it, the actor with their own part in it. The others learn only that the
 * line went on, so that their next event is no gap.
 */
export async function reviseMessage(
  change: ChatChange,
  { seq, patch, actorId, type = 'message.updated', more }: Revision,
): Promise<Static<typeof Message>> {
  const { tx, chat } = change;
  const rev = change.takeRev();
  const row = await updateMessage(tx, chat.chat_id, seq, { ...patch, rev });
  const [own] = await presentForReader(tx, actorId, [row]);
  if (!own) throw new Error('a revised message was not presented');
  const { seeing, blind } = await findViewers(tx, chat.chat_id, seq);
  const event = (data: object): LiveEvent => ({ type, chatId: chat.chat_id, rev, data: { ...data, ...more } });
  change.tell(
    seeing.filter((accountId) => accountId !== actorId),
    event(presentMessage(row)),
  );
  if (seeing.includes(actorId)) change.tell([actorId], event(own));
  change.tell(blind, { type: 'chat.advanced', chatId: chat.chat_id, rev, data: {} });
  return own;
}
