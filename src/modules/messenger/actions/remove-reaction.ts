import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { changeReaction } from '../change-reaction.ts';
import type { Message } from '../schemas/messages.ts';
import type { MessengerTools } from '../tools.ts';

export const removeReaction = (
  tools: MessengerTools,
  actor: Actor,
  place: { chatId: string; seq: number; emoji: string },
): Promise<Static<typeof Message>> => changeReaction(tools, actor, { ...place, isSet: false });
