import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { checkRight } from '../access.ts';
import { addServiceNote } from '../add-message.ts';
import { findAddable } from '../addable.ts';
import { changeChat } from '../change-chat.ts';
import { chatFull, groupOnly } from '../errors.ts';
import { admitMember } from '../membership.ts';
import { presentMember } from '../present.ts';
import { findMembers } from '../queries/members.ts';
import { rankOf } from '../rights.ts';
import { type AddedMembers, MAX_MEMBERS } from '../schemas/members.ts';
import type { MemberRow, Membership } from '../tables.ts';
import type { MessengerTools } from '../tools.ts';

/** Takes people into a group. Why somebody cannot be added is not told. */
export async function addMembers(
  tools: MessengerTools,
  actor: Actor,
  chatId: string,
  userIds: readonly string[],
): Promise<Static<typeof AddedMembers>> {
  const addable = await findAddable(tools, tools.db.read, actor.accountId, userIds);
  return changeChat(tools, actor, chatId, async (change, member) => {
    if (member.kind !== 'group') throw groupOnly();
    checkRight(member, 'may_invite');
    const past = await findMembers(change.tx, chatId, userIds);
    const newcomers = addable.filter((userId) =>
      mayComeBy(
        member,
        past.find(({ account_id }) => account_id === userId),
      ),
    );
    if (change.chat.member_count + newcomers.length > MAX_MEMBERS) throw chatFull();
    const history = change.chat.newcomer_history;
    const added = [];
    for (const accountId of newcomers) {
      added.push(await admitMember(change, { accountId, invitedBy: actor.accountId, history }));
    }
    if (newcomers.length > 0) {
      await addServiceNote(tools, change, actor.accountId, { action: 'members_added', userIds: newcomers });
    }
    const here = new Set(past.filter(({ state }) => state === 'active').map(({ account_id }) => account_id));
    return {
      added: added.map(presentMember),
      notAdded: userIds.filter((userId) => !here.has(userId) && !newcomers.includes(userId)),
    };
  });
}

/** Who left comes back by their own will only; whom the staff removed, by the staff. */
function mayComeBy(inviter: Membership, past: MemberRow | undefined): boolean {
  if (!past) return true;
  return past.state === 'removed' && rankOf(inviter.role) >= rankOf('admin');
}
