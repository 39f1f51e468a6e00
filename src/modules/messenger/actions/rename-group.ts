import type { Tx } from '#platform/database.ts';
import { addServiceNote } from '../add-message.ts';
import { changeChatWithin } from '../change-chat.ts';
import type { MessengerTools } from '../tools.ts';
import { tellOfInfo } from './update-chat.ts';

/** Gives a group a title that has passed the text rules, because another module says so. */
export const renameGroup = (
  tools: MessengerTools,
  tx: Tx,
  chatId: string,
  { accountId, title }: { accountId: string; title: string },
): Promise<void> =>
  changeChatWithin(tools, tx, chatId, async (change) => {
    if (change.chat.title === title) return;
    await tellOfInfo(change, { title });
    await addServiceNote(tools, change, accountId, { action: 'title_changed', title });
  });
