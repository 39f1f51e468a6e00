import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { inputFault } from '#platform/validation.ts';
import { accessMessage, checkMayReact } from './access.ts';
import { changeChat } from './change-chat.ts';
import { messageNotFound, tooMany } from './errors.ts';
import { presentForReader } from './own-part.ts';
import { countReactions, deleteReaction, findOwnReactions, insertReaction } from './queries/reactions.ts';
import { reviseMessage } from './revise-message.ts';
import type { Message } from './schemas/messages.ts';
import type { MessengerTools } from './tools.ts';

export const MAX_KINDS_OF_REACTION = 20;
export const MAX_OWN_REACTIONS = 3;

const EMOJI = /^\p{RGI_Emoji}$/v;

type Input = { chatId: string; seq: number; emoji: string; isSet: boolean };

/** Sets or takes back one reaction of the caller. What is so already is not changed again. */
export function changeReaction(
  tools: MessengerTools,
  actor: Actor,
  { chatId, seq, emoji, isSet }: Input,
): Promise<Static<typeof Message>> {
  if (!EMOJI.test(emoji)) throw inputFault('/params/emoji', 'format', NO_EMOJI);
  const { accountId } = actor;
  return changeChat(tools, actor, chatId, async (change, member) => {
    const { tx, now } = change;
    const message = await accessMessage(tx, member, seq);
    if (message.service) throw messageNotFound();
    checkMayReact(member);
    const isChanged = isSet
      ? await insertReaction(tx, message, accountId, emoji, now)
      : await deleteReaction(tx, message, accountId, emoji);
    if (!isChanged) {
      const [same] = await presentForReader(tx, accountId, [message]);
      if (same) return same;
    }
    const reactions = await countReactions(tx, message);
    if (isSet) {
      const own = await findOwnReactions(tx, accountId, [message]);
      if (reactions.length > MAX_KINDS_OF_REACTION || own.length > MAX_OWN_REACTIONS) throw tooMany();
    }
    return reviseMessage(change, {
      seq,
      patch: { reactions: reactions.length > 0 ? reactions : null },
      actorId: accountId,
      type: 'reaction.changed',
      more: { reaction: { userId: accountId, emoji, isSet } },
    });
  });
}

const NO_EMOJI = { en: 'is not one emoji', ru: 'это не один эмодзи' };
