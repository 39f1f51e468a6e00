import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import type { Database } from '#platform/database.ts';
import { liveEvents } from '#platform/frames.ts';
import { ownDirectChat, peerNotFound } from '../errors.ts';
import { directKeyOf, findDirectChatId, insertDirectChat } from '../queries/chats.ts';
import { findMembership, updateOwnState } from '../queries/members.ts';
import type { Chat } from '../schemas/chats.ts';
import type { MessengerTools } from '../tools.ts';
import { getChat } from './get-chat.ts';

/**
 * The one direct chat of a pair, made at need: whoever asks, and however often at once, gets the same. Between strangers
 * it begins as a request, of which the other learns with the first message.
 */
export async function openDirectChat(
  tools: MessengerTools,
  actor: Actor,
  peerId: string,
): Promise<Static<typeof Chat>> {
  const { db, bus, ids, clock, relationships } = tools;
  const { accountId } = actor;
  if (peerId === accountId) throw ownDirectChat();
  const directKey = directKeyOf(accountId, peerId);
  const existing = await findDirectChatId(db.read, directKey);
  if (existing) {
    await bringBack(db, existing.chat_id, accountId);
    return getChat(tools, actor, existing.chat_id);
  }
  const chatId = await db.transaction(async (tx) => {
    await relationships.lockPair(tx, accountId, peerId);
    // A block, an account that is gone and one that takes no letters look the same.
    if (!(await relationships.mayWrite(tx, accountId, peerId))) throw peerNotFound();
    const isKnown = (await relationships.findRelations(tx, accountId, [peerId])).get(peerId) === 'teammate';
    const newId = ids.next();
    const isNew = await insertDirectChat(tx, {
      chatId: newId,
      directKey,
      memberIds: [accountId, peerId],
      requesterId: isKnown ? undefined : accountId,
      now: clock.now(),
    });
    if (!isNew) return (await findDirectChatId(tx, directKey))?.chat_id;
    if (!isKnown) await updateOwnState(tx, newId, peerId, { dismissed_seq: 0 });
    db.afterCommit(tx, () => {
      bus.publish(liveEvents, {
        accountIds: isKnown ? [accountId, peerId] : [accountId],
        event: { type: 'chat.created', chatId: newId, rev: 0, data: {} },
      });
    });
    return newId;
  });
  if (!chatId) throw peerNotFound();
  return getChat(tools, actor, chatId);
}

/** Who opens a chat has it on the list, though it was put away or nothing was said in it yet. */
async function bringBack(db: Database, chatId: string, accountId: string): Promise<void> {
  const member = await findMembership(db.read, chatId, accountId);
  if (!member || member.last_seq > member.dismissed_seq) return;
  await updateOwnState(db.statement, chatId, accountId, { dismissed_seq: -1 });
}
