import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { accessMessage, checkMayReact, checkRight } from './access.ts';
import { addServiceNote } from './add-message.ts';
import { changeChat } from './change-chat.ts';
import { messageNotFound, tooMany } from './errors.ts';
import { presentForReader } from './own-part.ts';
import { countPinnedMessages } from './queries/messages.ts';
import { reviseMessage } from './revise-message.ts';
import type { Message } from './schemas/messages.ts';
import type { MessengerTools } from './tools.ts';

export const MAX_PINS = 50;

type Input = { chatId: string; seq: number; isPinned: boolean };

/** Pins a message for everybody, or takes the pin away. What is so already is not changed again. */
export const changePin = (
  tools: MessengerTools,
  actor: Actor,
  { chatId, seq, isPinned }: Input,
): Promise<Static<typeof Message>> =>
  changeChat(tools, actor, chatId, async (change, member) => {
    const { tx, now } = change;
    checkRight(member, 'may_pin');
    const message = await accessMessage(tx, member, seq);
    if (message.service) throw messageNotFound();
    checkMayReact(member);
    if ((message.pinned_at !== null) === isPinned) {
      const [same] = await presentForReader(tx, actor.accountId, [message]);
      if (same) return same;
    }
    if (isPinned && (await countPinnedMessages(tx, chatId)) >= MAX_PINS) throw tooMany();
    const patch = { pinned_at: isPinned ? now : null };
    const pinned = await reviseMessage(change, { seq, patch, actorId: actor.accountId });
    if (isPinned) await addServiceNote(tools, change, actor.accountId, { action: 'message_pinned', seq });
    return pinned;
  });
