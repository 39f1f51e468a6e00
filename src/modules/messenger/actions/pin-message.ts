import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { changePin } from '../change-pin.ts';
import type { Message } from '../schemas/messages.ts';
import type { MessengerTools } from '../tools.ts';

export const pinMessage = (
  tools: MessengerTools,
  actor: Actor,
  place: { chatId: string; seq: number },
): Promise<Static<typeof Message>> => changePin(tools, actor, { ...place, isPinned: true });
