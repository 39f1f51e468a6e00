import { addServiceNote } from '../add-message.ts';
import { changeChatInLine } from '../change-chat.ts';
import { dismissMember } from '../membership.ts';
import { findActiveChatIds, findMember } from '../queries/members.ts';
import type { MessengerTools } from '../tools.ts';

/** One chat after another, each for itself, so it may be run again after a failure. Direct chats stay with the other. */
export async function leaveEverything(tools: MessengerTools, accountId: string): Promise<void> {
  for (const chatId of await findActiveChatIds(tools.db.read, accountId)) {
    await changeChatInLine(tools, chatId, async (change) => {
      const member = await findMember(change.tx, chatId, accountId);
      if (change.chat.kind !== 'group' || member?.state !== 'active') return;
      await dismissMember(change, member, 'left');
      await addServiceNote(tools, change, accountId, { action: 'member_left' });
    });
  }
}
