import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { checkMayReact } from '../access.ts';
import { changeChat } from '../change-chat.ts';
import type { Chat } from '../schemas/chats.ts';
import { acceptRequest } from '../send-slowly.ts';
import type { MessengerTools } from '../tools.ts';
import { readChat } from './get-chat.ts';

/** Lets a stranger who asked write freely. */
export async function acceptChatRequest(
  tools: MessengerTools,
  actor: Actor,
  chatId: string,
): Promise<Static<typeof Chat>> {
  await changeChat(tools, actor, chatId, async (change, member) => {
    checkMayReact(member);
    if (member.requester_id) await acceptRequest(change, actor.accountId);
  });
  return readChat(tools, tools.db.read, actor.accountId, chatId);
}
