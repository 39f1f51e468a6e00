import type { Actor } from '#platform/actor.ts';
import { checkStaff } from '../access.ts';
import { addServiceNote } from '../add-message.ts';
import { changeChat } from '../change-chat.ts';
import { chatFull, joinRequestNotFound } from '../errors.ts';
import { admitMember } from '../membership.ts';
import { deleteJoinRequest } from '../queries/invites.ts';
import { findMember } from '../queries/members.ts';
import { MAX_MEMBERS } from '../schemas.ts';
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
