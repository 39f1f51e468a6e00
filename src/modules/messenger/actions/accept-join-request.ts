import type { Actor } from '#platform/actor.ts';
import { checkStaff } from '../access.ts';
import { addServiceNote } from '../add-message.ts';
import { changeChat } from '../change-chat.ts';
import { chatFull, joinRequestNotFound } from '../errors.ts';
import { admitMember } from '../membership.ts';
import { deleteJoinRequest } from '../queries/invites.ts';
import { findMember } from '../queries/members.ts';
import { MAX_MEMBERS } from '../schemas/members.ts';
import type { MessengerTools } from '../tools.ts';

/** Takes in somebody who asked to join. */
export const acceptJoinRequest = (tools: MessengerTools, actor: Actor, chatId: string, userId: string): Promise<void> =>
  changeChat(tools, actor, chatId, async (change, member) => {
    checkStaff(member);
    const request = await deleteJoinRequest(change.tx, chatId, userId);
    if (!request) throw joinRequestNotFound();
    if ((await findMember(change.tx, chatId, userId))?.state === 'active') return;
    if (change.chat.member_count >= MAX_MEMBERS) throw chatFull();
    await admitMember(change, {
      accountId: userId,
      invitedBy: actor.accountId,
      ...(request.newcomer_history !== null && { history: request.newcomer_history }),
    });
    await addServiceNote(tools, change, userId, { action: 'member_joined' });
  });
