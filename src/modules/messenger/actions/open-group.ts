import type { Tx } from '#platform/database.ts';
import { addServiceNote } from '../add-message.ts';
import { changeChatWithin } from '../change-chat.ts';
import { admitMember } from '../membership.ts';
import { insertGroup } from '../queries/chats.ts';
import type { MessengerTools } from '../tools.ts';

/** Makes a group of one for another module, which says who joins it. `title` has passed the text rules. Returns its id. */
export async function openGroup(tools: MessengerTools, tx: Tx, ownerId: string, title: string): Promise<string> {
  const chatId = tools.ids.next();
  await insertGroup(tx, { chatId, title, now: tools.clock.now() });
  await changeChatWithin(tools, tx, chatId, async (change) => {
    await admitMember(change, { accountId: ownerId, role: 'owner' });
    await addServiceNote(tools, change, ownerId, { action: 'chat_created', title });
  });
  return chatId;
}
