import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { accessChat } from '../access.ts';
import { tellOwnState } from '../own-state.ts';
import { updateClearedSeq } from '../queries/states.ts';
import type { ChatState } from '../schemas/chats.ts';
import type { MessengerTools } from '../tools.ts';

/** Clears history up to a message away for the caller alone; only forward. */
export async function clearHistory(
  tools: MessengerTools,
  actor: Actor,
  chatId: string,
  seq: number,
): Promise<Static<typeof ChatState>> {
  const { accountId } = actor;
  await accessChat(tools.db.read, actor, chatId);
  await updateClearedSeq(tools.db.statement, { chatId, accountId, seq, isDismissed: false });
  return tellOwnState(tools, accountId, chatId);
}
