import type { Actor } from '#platform/actor.ts';
import { checkStaff } from '../access.ts';
import { addServiceNote } from '../add-message.ts';
import { type ChatChange, changeChat } from '../change-chat.ts';
import { groupOnly, memberNotFound, rightMissing } from '../errors.ts';
import { dismissMember } from '../membership.ts';
import { deleteJoinRequest } from '../queries/invites.ts';
import { findMember, updateMember } from '../queries/members.ts';
import { outranks } from '../rights.ts';
import type { Membership } from '../tables.ts';
import type { MessengerTools } from '../tools.ts';

/** Leaves a group, or removes somebody of lower rank from it, with or without a ban. */
export const removeMember = (
  tools: MessengerTools,
  actor: Actor,
  chatId: string,
  userId: string,
  isBan: boolean,
): Promise<void> =>
  changeChat(tools, actor, chatId, async (change, member) => {
    if (member.kind !== 'group') throw groupOnly();
    if (userId === actor.accountId) {
      await dismissMember(change, member, 'left');
      await addServiceNote(tools, change, userId, { action: 'member_left' });
      return;
    }
    checkStaff(member);
    await removeOther(tools, change, member, userId, isBan);
  });

async function removeOther(
  tools: MessengerTools,
  change: ChatChange,
  member: Membership,
  userId: string,
  isBan: boolean,
): Promise<void> {
  const { tx, chat } = change;
  const target = await findMember(tx, chat.chat_id, userId);
  if (!target) throw memberNotFound();
  if (!outranks(member, target)) throw rightMissing();
  if (target.state === 'active') {
    await dismissMember(change, target, isBan ? 'banned' : 'removed');
    await addServiceNote(tools, change, member.account_id, { action: 'member_removed', userIds: [userId] });
  } else if (isBan) {
    // Nobody in the chat sees a difference, so this has no place in the line.
    await updateMember(tx, chat.chat_id, userId, { state: 'banned' });
  } else {
    throw memberNotFound();
  }
  if (isBan) await deleteJoinRequest(tx, chat.chat_id, userId);
}
