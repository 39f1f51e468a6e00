import type { Actor } from '#platform/actor.ts';
import { checkInvite, checkRight } from '../access.ts';
import { changeChat } from '../change-chat.ts';
import { findInvite, deleteInvite as removeInvite } from '../queries/invites.ts';
import type { MessengerTools } from '../tools.ts';

/** Withdraws an invitation; it need not exist. */
export const deleteInvite = (tools: MessengerTools, actor: Actor, chatId: string, inviteId: string): Promise<void> =>
  changeChat(tools, actor, chatId, async ({ tx }, member) => {
    checkRight(member, 'may_invite');
    const invite = await findInvite(tx, chatId, inviteId);
    if (!invite) return;
    checkInvite(member, invite);
    await removeInvite(tx, chatId, inviteId);
  });
