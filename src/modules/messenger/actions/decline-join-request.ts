import type { Actor } from '#platform/actor.ts';
import { checkStaff } from '../access.ts';
import { changeChat } from '../change-chat.ts';
import { joinRequestNotFound } from '../errors.ts';
import { deleteJoinRequest } from '../queries/invites.ts';
import type { MessengerTools } from '../tools.ts';

/** Turns somebody down; they are not told, and may ask again by a link. */
export const declineJoinRequest = (
  tools: MessengerTools,
  actor: Actor,
  chatId: string,
  userId: string,
): Promise<void> =>
  changeChat(tools, actor, chatId, async ({ tx }, member) => {
    checkStaff(member);
    if (!(await deleteJoinRequest(tx, chatId, userId))) throw joinRequestNotFound();
  });
