import type { ChatChange } from './change-chat.ts';
import { presentMember } from './present.ts';
import { deleteInvites, deleteJoinRequest, deleteJoinRequests } from './queries/invites.ts';
import { findHeir, findMemberIds, updateMember, upsertMember } from './queries/members.ts';
import { insertLess } from './queries/news.ts';
import type { MemberRole } from './rights.ts';
import type { MemberRow } from './tables.ts';

type Entrance = { accountId: string; invitedBy?: string; role?: MemberRole; history?: number };

/**
 * Takes somebody into a group. They see the last `history` messages from before, and everything after; what was said
 * while they were away before stays unseen unless it is among those. If they had asked to join, that is answered now.
 */
export async function admitMember(change: ChatChange, { accountId, invitedBy, role, history }: Entrance) {
  const { tx, now, chat } = change;
  const rev = change.takeRev();
  const member = await upsertMember(tx, {
    chatId: chat.chat_id,
    accountId,
    role: role ?? 'member',
    invitedBy,
    visibleFromSeq: Math.max(1, chat.last_seq - (history ?? chat.newcomer_history) + 1),
    readSeq: chat.last_seq,
    rev,
    now,
  });
  await deleteJoinRequest(tx, chat.chat_id, accountId);
  change.patch({ members_rev: rev, member_count: chat.member_count + 1 });
  await tellOfMember(change, member);
  change.tell([accountId], { type: 'chat.created', chatId: chat.chat_id, rev, data: {} });
  return member;
}

/** Changes the role of a member who stays. */
export async function changeRole(change: ChatChange, accountId: string, role: MemberRole): Promise<MemberRow> {
  const rev = change.takeRev();
  const member = await updateMember(change.tx, change.chat.chat_id, accountId, { role, rev });
  change.patch({ members_rev: rev });
  await tellOfMember(change, member);
  return member;
}

/** Lets somebody go. Nothing is accepted from them after this place in the line; a group that loses its owner gets an heir. */
export async function dismissMember(
  change: ChatChange,
  member: Pick<MemberRow, 'account_id' | 'role'>,
  state: 'left' | 'removed' | 'banned',
): Promise<void> {
  const { tx, chat } = change;
  const rev = change.takeRev();
  const gone = await updateMember(tx, chat.chat_id, member.account_id, { state, role: 'member', rev });
  change.patch({ members_rev: rev, member_count: chat.member_count - 1 });
  await insertLess(tx, chat.chat_id, { readerId: member.account_id });
  await tellOfMember(change, gone);
  change.tell([member.account_id], { type: 'chat.removed', chatId: chat.chat_id, data: {} });
  if (member.role !== 'owner') return;
  const heir = await findHeir(tx, chat.chat_id);
  if (heir) await changeRole(change, heir.account_id, 'owner');
  else await closeEntrances(change);
}

/** A group that everybody has left stays left: whoever came in would find no owner. */
async function closeEntrances({ tx, chat }: ChatChange): Promise<void> {
  await deleteInvites(tx, chat.chat_id);
  await deleteJoinRequests(tx, chat.chat_id);
}

async function tellOfMember(change: ChatChange, member: MemberRow): Promise<void> {
  const { tx, chat } = change;
  const others = (await findMemberIds(tx, chat.chat_id)).filter((accountId) => accountId !== member.account_id);
  const audience =
    member.state === 'active' && member.joined_rev < member.rev ? [...others, member.account_id] : others;
  change.tell(audience, {
    type: 'member.changed',
    chatId: chat.chat_id,
    rev: member.rev,
    data: { ...presentMember(member), memberCount: chat.member_count },
  });
}
