import type { Actor } from '#platform/actor.ts';
import { changeChat } from '../change-chat.ts';
import { requestPending } from '../errors.ts';
import { updateOwnState } from '../queries/members.ts';
import type { MessengerTools } from '../tools.ts';

/** Turns a stranger down: the chat leaves the caller's list. The stranger is not told and sees a request that waits. */
export const refuseChatRequest = (tools: MessengerTools, actor: Actor, chatId: string): Promise<void> =>
  changeChat(tools, actor, chatId, async ({ tx, now, tell }, member) => {
    if (!member.requester_id) return;
    if (member.requester_id === actor.accountId) throw requestPending();
    await updateOwnState(tx, chatId, actor.accountId, { refused_at: now });
    tell([actor.accountId], { type: 'chat.removed', chatId, data: {} });
  });
