import type { Actor } from '#platform/actor.ts';
import { checkStaff } from '../access.ts';
import { changeChat } from '../change-chat.ts';
import { findMember, updateMember } from '../queries/members.ts';
import type { MessengerTools } from '../tools.ts';

/** Lets a banned person come back, if somebody invites them. */
export const liftBan = (tools: MessengerTools, actor: Actor, chatId: string, userId: string): Promise<void> =>
  changeChat(tools, actor, chatId, async ({ tx }, member) => {
    checkStaff(member);
    const target = await findMember(tx, chatId, userId);
    if (target?.state === 'banned') await updateMember(tx, chatId, userId, { state: 'removed' });
  });
