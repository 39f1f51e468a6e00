import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { liveEvents } from '#platform/frames.ts';
import { ownDirectChat, peerNotFound } from '../errors.ts';
import { directKeyOf, findDirectChatId, insertDirectChat } from '../queries.ts';
import type { Chat } from '../schemas.ts';
import type { MessengerTools } from '../tools.ts';
import { getChat } from './get-chat.ts';

/** The one direct chat of a pair, made at need: whoever asks, and however often at once, gets the same. */
export async function openDirectChat(
  tools: MessengerTools,
  actor: Actor,
  peerId: string,
): Promise<Static<typeof Chat>> {
  const { db, bus, ids, clock } = tools;
  if (peerId === actor.accountId) throw ownDirectChat();
  const directKey = directKeyOf(actor.accountId, peerId);
  const existing = await findDirectChatId(db.read, directKey);
  if (existing) return getChat(tools, actor, existing.chat_id);
  if (!(await tools.mayWriteTo(db.read, actor.accountId, peerId))) throw peerNotFound();

  const memberIds = [actor.accountId, peerId];
  const chatId = await db.transaction(async (tx) => {
    const newId = ids.next();
    const isNew = await insertDirectChat(tx, { chatId: newId, directKey, memberIds, now: clock.now() });
    if (!isNew) return (await findDirectChatId(tx, directKey))?.chat_id;
    db.afterCommit(tx, () => {
      bus.publish(liveEvents, {
        accountIds: memberIds,
        event: { type: 'chat.created', chatId: newId, rev: 0, data: {} },
      });
    });
    return newId;
  });
  if (!chatId) throw peerNotFound();
  return getChat(tools, actor, chatId);
}
