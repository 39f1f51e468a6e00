import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { accessMessage, checkMayReact, checkStaff } from '../access.ts';
import { changeChat } from '../change-chat.ts';
import { messageNotFound } from '../errors.ts';
import { presentForReader } from '../own-part.ts';
import { reviseMessage } from '../revise-message.ts';
import type { Message } from '../schemas/messages.ts';
import type { MessengerTools } from '../tools.ts';

type Place = { chatId: string; seq: number };

/** Ends a poll: its author may, and the staff of a group. */
export const closePoll = (
  tools: MessengerTools,
  actor: Actor,
  { chatId, seq }: Place,
): Promise<Static<typeof Message>> =>
  changeChat(tools, actor, chatId, async (change, member) => {
    const { tx, now } = change;
    const message = await accessMessage(tx, member, seq);
    const { poll } = message;
    if (!poll) throw messageNotFound();
    checkMayReact(member);
    if (message.author_id !== actor.accountId) checkStaff(member);
    if (poll.closedAt) {
      const [same] = await presentForReader(tx, actor.accountId, [message]);
      if (same) return same;
    }
    const patch = { poll: { ...poll, closedAt: now.toISOString() } };
    return reviseMessage(change, { seq, patch, actorId: actor.accountId });
  });
