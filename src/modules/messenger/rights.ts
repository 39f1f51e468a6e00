import type { ChatRow, MemberRow } from './tables.ts';

export const memberRoles = ['member', 'admin', 'owner'] as const;
export type MemberRole = (typeof memberRoles)[number];

/** Who may do something in a group: from the named role upwards. */
export const levels = ['members', 'admins', 'owner'] as const;
export type Level = (typeof levels)[number];

/** The rights that each group sets for itself. */
export type Right = 'may_write' | 'may_invite' | 'may_edit_info' | 'may_pin' | 'may_mention_all';

const NEEDED: Record<Level, MemberRole> = { members: 'member', admins: 'admin', owner: 'owner' };

export const rankOf = (role: MemberRole): number => memberRoles.indexOf(role);

/** In a direct chat both may do everything that there is to do. */
export function hasRight(
  chat: Pick<ChatRow, Right | 'kind'>,
  { role }: Pick<MemberRow, 'role'>,
  right: Right,
): boolean {
  return chat.kind === 'direct' || rankOf(role) >= rankOf(NEEDED[chat[right]]);
}

export const outranks = (one: Pick<MemberRow, 'role'>, other: Pick<MemberRow, 'role'>): boolean =>
  rankOf(one.role) > rankOf(other.role);
