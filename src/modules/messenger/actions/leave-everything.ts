import type { Tx } from '#platform/database.ts';
import { addServiceNote } from '../add-message.ts';
import { changeChatWithin } from '../change-chat.ts';
import { dismissMember } from '../membership.ts';
import { deleteBlocksOf } from '../queries/blocks.ts';
import { deleteOwnTraces, findActiveChatIds, findMember } from '../queries/members.ts';
import type { MessengerTools } from '../tools.ts';

/**
 * Takes somebody whose account is gone out of every group, in the order in which sends lock chats too, and erases what
 * was theirs alone. Direct chats, and what they said, stay with the others.
 */
export async function leaveEverything(tools: MessengerTools, tx: Tx, accountId: string): Promise<void> {
  for (const chatId of (await findActiveChatIds(tx, accountId)).toSorted()) {
    await changeChatWithin(tools, tx, chatId, async (change) => {
      const member = await findMember(change.tx, chatId, accountId);
      if (change.chat.kind !== 'group' || member?.state !== 'active') return;
      await dismissMember(change, member, 'left');
      await addServiceNote(tools, change, accountId, { action: 'member_left' });
    });
  }
  await deleteOwnTraces(tx, accountId);
  await deleteBlocksOf(tx, accountId);
}
