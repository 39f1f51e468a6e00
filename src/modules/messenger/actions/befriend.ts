import type { Tx } from '#platform/database.ts';
import { liveEvents } from '#platform/frames.ts';
import { changeChatWithin } from '../change-chat.ts';
import { directKeyOf, findDirectChatId, insertDirectChat } from '../queries/chats.ts';
import { acceptRequest } from '../send-slowly.ts';
import type { MessengerTools } from '../tools.ts';

/**
 * Opens the direct chat of two people who became teammates; if one of them had asked to write, that is a yes. A block may
 * have come since.
 */
export async function befriend(
  tools: MessengerTools,
  tx: Tx,
  { accountId, otherId }: { accountId: string; otherId: string },
): Promise<void> {
  const { db, bus, ids, clock, relationships } = tools;
  await relationships.lockPair(tx, accountId, otherId);
  if ((await relationships.findRelations(tx, accountId, [otherId])).get(otherId) === 'blocked') return;
  const directKey = directKeyOf(accountId, otherId);
  const memberIds = [accountId, otherId];
  const chatId = ids.next();
  if (await insertDirectChat(tx, { chatId, directKey, memberIds, requesterId: undefined, now: clock.now() })) {
    const event = { type: 'chat.created' as const, chatId, rev: 0, data: {} };
    db.afterCommit(tx, () => bus.publish(liveEvents, { accountIds: memberIds, event }));
    return;
  }
  const existing = await findDirectChatId(tx, directKey);
  if (!existing) return;
  await changeChatWithin(tools, tx, existing.chat_id, async (change) => {
    const { requester_id: requesterId } = change.chat;
    if (!requesterId) return;
    await acceptRequest(change, requesterId === accountId ? otherId : accountId);
  });
}
