import type { Tx } from '#platform/database.ts';
import { changeChatWithin } from '../change-chat.ts';
import { deleteBlock, insertBlock } from '../queries/blocks.ts';
import { directKeyOf, findDirectChatId } from '../queries/chats.ts';
import type { MessengerTools } from '../tools.ts';

/**
 * Closes the direct chat of two people while there is a block between them, whichever of them made it, and keeps what
 * they do in groups from each other's eyes: marks and typing. This has no place in the line of changes: the blocked one
 * must not learn of it. Expects the pair to be locked.
 */
export async function closeForBlock(tools: MessengerTools, tx: Tx, accountId: string, otherId: string): Promise<void> {
  const relations = await tools.relationships.findRelations(tx, accountId, [otherId]);
  const isBlocked = relations.get(otherId) === 'blocked';
  await (isBlocked ? insertBlock : deleteBlock)(tx, accountId, otherId);
  const chat = await findDirectChatId(tx, directKeyOf(accountId, otherId));
  if (!chat) return;
  await changeChatWithin(tools, tx, chat.chat_id, async (change) => change.patch({ is_blocked: isBlocked }));
}
