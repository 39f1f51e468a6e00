import type { Actor } from '#platform/actor.ts';
import type { Tx } from '#platform/database.ts';
import { accessChat, checkMayWrite } from './access.ts';
import { addMessage } from './add-message.ts';
import { type ChatChange, changeChatWithin } from './change-chat.ts';
import { slowMode } from './errors.ts';
import { presentChatInfo } from './present.ts';
import { findMemberIds, updateOwnState } from './queries/members.ts';
import { findLastWritingAt, findMessageByClientId, type NewMessage } from './queries/messages.ts';
import { passStrangerWords } from './stranger-words.ts';
import type { Membership, MessageRow } from './tables.ts';
import type { MessengerTools } from './tools.ts';

/**
 * Sends what the one statement of the usual way did not take: under the lock of the chat, with every rule looked at.
 * It is the judge of why a message is refused. Call it within the chat's line.
 */
export const sendSlowly = (tools: MessengerTools, actor: Actor, message: NewMessage): Promise<MessageRow> =>
  tools.db.transaction((tx) =>
    changeChatWithin(tools, tx, message.chatId, async (change) => {
      const member = await accessChat(tx, actor, message.chatId);
      const first = await findMessageByClientId(tx, message.chatId, actor.accountId, message.clientId);
      if (first) return first;
      checkMayWrite(member);
      await checkSlowMode(tx, member, message.now);
      const isToStranger = member.requester_id === member.account_id;
      // An answer of the other accepts the request.
      if (member.requester_id && !isToStranger) await acceptRequest(change, member.account_id);
      return addMessage(tools, change, isToStranger ? await passStrangerWords(tools, tx, actor, message) : message);
    }),
  );

async function checkSlowMode(tx: Tx, member: Membership, now: Date): Promise<void> {
  const waitMs = member.slow_mode_seconds * 1_000;
  if (waitMs === 0 || member.role !== 'member') return;
  const lastAt = await findLastWritingAt(tx, member.chat_id, member.account_id, new Date(now.getTime() - waitMs));
  if (!lastAt) return;
  throw slowMode({ retryAfterSeconds: Math.ceil((lastAt.getTime() + waitMs - now.getTime()) / 1_000) });
}

/** From here on both write as they like. */
export async function acceptRequest(change: ChatChange, accepterId: string): Promise<void> {
  const { tx, chat } = change;
  const rev = change.takeRev();
  change.patch({ requester_id: null, info_rev: rev });
  await updateOwnState(tx, chat.chat_id, accepterId, { refused_at: null });
  change.tell(await findMemberIds(tx, chat.chat_id), {
    type: 'chat.updated',
    chatId: chat.chat_id,
    rev,
    data: presentChatInfo(chat),
  });
}
