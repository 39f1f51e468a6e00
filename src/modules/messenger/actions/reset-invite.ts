import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { checkRight } from '../access.ts';
import { changeChat } from '../change-chat.ts';
import { inviteNotFound } from '../errors.ts';
import { makeInviteCode } from '../invite-codes.ts';
import { presentInvite } from '../present.ts';
import { updateInviteCode } from '../queries/invites.ts';
import type { Invite } from '../schemas/invites.ts';
import type { MessengerTools } from '../tools.ts';

/** Gives an invitation a new code: the old link is dead at once. */
export const resetInvite = (
  tools: MessengerTools,
  actor: Actor,
  chatId: string,
  inviteId: string,
): Promise<Static<typeof Invite>> =>
  changeChat(tools, actor, chatId, async ({ tx }, member) => {
    checkRight(member, 'may_invite');
    const invite = await updateInviteCode(tx, chatId, inviteId, makeInviteCode());
    if (!invite) throw inviteNotFound();
    return presentInvite(invite);
  });
