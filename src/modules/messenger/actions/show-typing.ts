import type { Actor } from '#platform/actor.ts';
import { liveEvents } from '#platform/frames.ts';
import { accessChat } from '../access.ts';
import { findOnlookers } from '../queries/members.ts';
import { MAX_TOLD_OF_MARKS } from '../queries/states.ts';
import { hasRight } from '../rights.ts';
import type { MessengerTools } from '../tools.ts';

/**
 * Shows the other members that the caller is typing. Nothing is stored; a client lets it fade after 6 s. It is silently
 * dropped where the caller could not write anyway, in chats of a crowd, and between people one of whom blocks the other.
 */
export async function showTyping({ db, bus }: MessengerTools, actor: Actor, chatId: string): Promise<void> {
  const member = await accessChat(db.read, actor, chatId);
  const isUseless = member.is_blocked || member.requester_id !== null || !hasRight(member, member, 'may_write');
  if (isUseless || member.member_count > MAX_TOLD_OF_MARKS) return;
  const onlookers = await findOnlookers(db.read, chatId, actor.accountId);
  const event = { type: 'typing' as const, chatId, data: { userId: actor.accountId } };
  bus.publish(liveEvents, { accountIds: onlookers, event });
}
