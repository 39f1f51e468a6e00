import type { Actor } from '#platform/actor.ts';
import { liveEvents } from '#platform/frames.ts';
import { accessChat } from '../access.ts';
import { findMemberIds } from '../queries.ts';
import type { MessengerTools } from '../tools.ts';

/** Shows the other members that the caller is typing. Nothing is stored; a client lets it fade after 6 s. */
export async function showTyping({ db, bus }: MessengerTools, actor: Actor, chatId: string): Promise<void> {
  await accessChat(db.read, actor, chatId);
  const others = (await findMemberIds(db.read, chatId)).filter((accountId) => accountId !== actor.accountId);
  const event = { type: 'typing' as const, chatId, data: { userId: actor.accountId } };
  bus.publish(liveEvents, { accountIds: others, event });
}
