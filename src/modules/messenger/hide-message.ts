import type { Actor } from '#platform/actor.ts';
import { changeChat } from './change-chat.ts';
import { findVisibleMessage, insertHiddenMessage } from './queries/messages.ts';
import { insertLess } from './queries/news.ts';
import type { MessengerTools } from './tools.ts';

/** Hides a message from the caller alone. Others see no difference, so this has no place in the line of changes. */
export function hideMessage(
  tools: MessengerTools,
  actor: Actor,
  { chatId, seq }: { chatId: string; seq: number },
): Promise<void> {
  const { accountId } = actor;
  return changeChat(tools, actor, chatId, async ({ tx, tell }, member) => {
    if (!(await findVisibleMessage(tx, member, seq))) return;
    await insertHiddenMessage(tx, chatId, seq, accountId);
    await insertLess(tx, chatId, { readerId: accountId });
    tell([accountId], { type: 'message.hidden', chatId, data: { chatId, seqs: [seq] } });
  });
}
