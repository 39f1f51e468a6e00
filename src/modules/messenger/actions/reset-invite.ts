import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { checkHistory, checkInvite, checkRight } from '../access.ts';
import { changeChat } from '../change-chat.ts';
import { inviteNotFound } from '../errors.ts';
import { makeInviteCode } from '../invite-codes.ts';
import { presentInvite } from '../present.ts';
import { findInvite, updateInviteCode } from '../queries/invites.ts';
import type { Invite } from '../schemas/invites.ts';
import type { MessengerTools } from '../tools.ts';

/** Gives an invitation a new code: the old link is dead at once. Its uses stay counted, so a spent one stays spent. */
export const resetInvite = (
  tools: MessengerTools,
  actor: Actor,
  chatId: string,
  inviteId: string,
): Promise<Static<typeof Invite>> =>
  changeChat(tools, actor, chatId, async ({ tx }, member) => {
    checkRight(member, 'may_invite');
    const invite = await findInvite(tx, chatId, inviteId);
    if (!invite) throw inviteNotFound();
    checkInvite(member, invite);
    checkHistory(member, invite.newcomer_history);
    return presentInvite(await updateInviteCode(tx, inviteId, makeInviteCode()));
  });
