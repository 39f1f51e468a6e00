import type { Actor } from '#platform/actor.ts';
import type { Queryable } from '#platform/database.ts';
import { chatNotFound, groupOnly, messageNotFound, requestPending, rightMissing, writingRefused } from './errors.ts';
import { findMembership } from './queries/members.ts';
import { findVisibleMessage } from './queries/messages.ts';
import { hasRight, type Right, rankOf } from './rights.ts';
import type { InviteRow, Membership, MessageRow } from './tables.ts';

/** A chat and the caller's part in it. A chat of others, one that they have left, and no chat are the same 404. */
export async function accessChat(db: Queryable, actor: Actor, chatId: string): Promise<Membership> {
  const member = await findMembership(db, chatId, actor.accountId);
  if (member?.state !== 'active') throw chatNotFound();
  return member;
}

export async function accessGroup(db: Queryable, actor: Actor, chatId: string): Promise<Membership> {
  const member = await accessChat(db, actor, chatId);
  if (member.kind !== 'group') throw groupOnly();
  return member;
}

/** A message that the member may see now, tombstones left out. */
export async function accessMessage(db: Queryable, member: Membership, seq: number): Promise<MessageRow> {
  const message = await findVisibleMessage(db, member, seq);
  if (!message || message.deleted_at) throw messageNotFound();
  return message;
}

export function checkRight(member: Membership, right: Right): void {
  if (!hasRight(member, member, right)) throw rightMissing();
}

/** Enough to say who one is and what for, over two doors if need be; too few to be a nuisance. */
const INTRO_MESSAGES = 3;

/**
 * Whether the member may say something here now, or say it in other words. A stranger has an intro of a few messages; that
 * they were turned down must not show, so it makes no difference.
 */
export function checkMayWrite(member: Membership): void {
  if (member.is_blocked) throw writingRefused();
  checkRight(member, 'may_write');
  if (isRequester(member) && member.last_seq >= INTRO_MESSAGES) throw requestPending();
}

/** Whether the member may react, vote or pin now: all may in a group, and nobody in a chat that they only asked for. */
export function checkMayReact(member: Membership): void {
  if (member.is_blocked) throw writingRefused();
  if (isRequester(member)) throw requestPending();
}

const isRequester = ({ requester_id, account_id }: Membership): boolean => requester_id === account_id;

/** The admins and the owner of a group. */
export const isStaff = (member: Membership): boolean => rankOf(member.role) >= rankOf('admin');

export function checkStaff(member: Membership): void {
  if (!isStaff(member)) throw rightMissing();
}

export function checkOwner(member: Membership): void {
  if (member.role !== 'owner') throw rightMissing();
}

/** An invitation belongs to whoever made it, and to the staff. */
export function checkInvite(member: Membership, invite: InviteRow): void {
  if (invite.created_by !== member.account_id) checkStaff(member);
}

/** Or whoever may invite could come in by a link and read what the staff keep from newcomers. */
export function checkHistory(member: Membership, history: number | null): void {
  if (history !== null && history > member.newcomer_history) checkStaff(member);
}
