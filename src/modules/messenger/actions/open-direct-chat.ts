import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import type { Database, Tx } from '#platform/database.ts';
import { liveEvents } from '#platform/frames.ts';
import { ownDirectChat, peerNotFound } from '../errors.ts';
import { directKeyOf, findDirectChatId, insertDirectChat } from '../queries/chats.ts';
import { findMembership, updateOwnState } from '../queries/members.ts';
import { checkRequestQuota } from '../request-quota.ts';
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
  const { accountId } = actor;
  if (peerId === accountId) throw ownDirectChat();
  const existing = await findDirectChatId(tools.db.read, directKeyOf(accountId, peerId));
  if (existing) await bringBack(tools.db, existing.chat_id, accountId);
  const chatId = existing?.chat_id ?? (await tools.db.transaction((tx) => makeChat(tools, tx, accountId, peerId)));
  return getChat(tools, actor, chatId);
}

/** With the pair locked, so that a block is seen here or closes what is made here. */
async function makeChat(tools: MessengerTools, tx: Tx, accountId: string, peerId: string): Promise<string> {
  const { db, bus, ids, clock, relationships } = tools;
  const directKey = directKeyOf(accountId, peerId);
  await relationships.lockPair(tx, accountId, peerId);
  const made = await findDirectChatId(tx, directKey);
  if (made) return made.chat_id;
  // A block, an account that is gone and one that takes no letters look the same.
  if (!(await relationships.mayWrite(tx, accountId, peerId))) throw peerNotFound();
  const isKnown = (await relationships.findRelations(tx, accountId, [peerId])).get(peerId) === 'teammate';
  if (!isKnown) await checkRequestQuota(tools, tx, accountId);

  const chatId = ids.next();
  const memberIds = [accountId, peerId];
  const requesterId = isKnown ? undefined : accountId;
  await insertDirectChat(tx, { chatId, directKey, memberIds, requesterId, now: clock.now() });
  if (!isKnown) await updateOwnState(tx, chatId, peerId, { dismissed_seq: 0 });
  db.afterCommit(tx, () => {
    const event = { type: 'chat.created' as const, chatId, rev: 0, data: {} };
    bus.publish(liveEvents, { accountIds: isKnown ? memberIds : [accountId], event });
  });
  return chatId;
}

/** Who opens a chat has it on the list, though it was put away or nothing was said in it yet. */
async function bringBack(db: Database, chatId: string, accountId: string): Promise<void> {
  const member = await findMembership(db.read, chatId, accountId);
  if (!member || member.last_seq > member.dismissed_seq) return;
  await updateOwnState(db.statement, chatId, accountId, { dismissed_seq: -1 });
}
