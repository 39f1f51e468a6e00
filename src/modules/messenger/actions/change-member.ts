import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { checkOwner } from '../access.ts';
import { addServiceNote } from '../add-message.ts';
import { changeChat } from '../change-chat.ts';
import { groupOnly, memberNotFound, rightMissing } from '../errors.ts';
import { changeRole } from '../membership.ts';
import { presentMember } from '../present.ts';
import { findMember } from '../queries/members.ts';
import type { MemberRole } from '../rights.ts';
import type { Member } from '../schemas/members.ts';
import type { MessengerTools } from '../tools.ts';

/** Makes a member an admin or a plain member again, or hands the group over: then the owner becomes an admin. */
export const changeMember = (
  tools: MessengerTools,
  actor: Actor,
  chatId: string,
  userId: string,
  role: MemberRole,
): Promise<Static<typeof Member>> =>
  changeChat(tools, actor, chatId, async (change, member) => {
    if (member.kind !== 'group') throw groupOnly();
    checkOwner(member);
    const target = await findMember(change.tx, chatId, userId);
    if (target?.state !== 'active') throw memberNotFound();
    // A group is never without an owner: it is handed over, not given up.
    if (userId === actor.accountId) throw rightMissing();
    if (target.role === role) return presentMember(target);
    if (role === 'owner') await changeRole(change, actor.accountId, 'admin');
    const changed = await changeRole(change, userId, role);
    if (role === 'owner') {
      await addServiceNote(tools, change, actor.accountId, { action: 'owner_changed', userIds: [userId] });
    }
    return presentMember(changed);
  });
