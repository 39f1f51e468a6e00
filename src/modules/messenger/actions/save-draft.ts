import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { accessChat } from '../access.ts';
import { tellOwnState } from '../own-state.ts';
import { updateOwnState } from '../queries/members.ts';
import type { ChatState, DraftBody } from '../schemas/chats.ts';
import type { MessengerTools } from '../tools.ts';

/** Keeps what the caller is writing, for their other devices; the last one to save wins. */
export async function saveDraft(
  tools: MessengerTools,
  actor: Actor,
  chatId: string,
  { text, replyToSeq }: Static<typeof DraftBody>,
): Promise<Static<typeof ChatState>> {
  await accessChat(tools.db.read, actor, chatId);
  await updateOwnState(tools.db.statement, chatId, actor.accountId, {
    draft_text: text,
    draft_reply_to_seq: replyToSeq ?? null,
  });
  return tellOwnState(tools, actor.accountId, chatId);
}
