import type { Tx } from '#platform/database.ts';
import { changeChatWithin } from '../change-chat.ts';
import type { MessengerTools } from '../tools.ts';
import { exchangePhoto, tellOfInfo } from './update-chat.ts';

/** Takes the title and the photo of a group off by a decision of moderators. */
export const resetChatInfo = (tools: MessengerTools, tx: Tx, chatId: string): Promise<void> =>
  changeChatWithin(tools, tx, chatId, async (change) => {
    if (change.chat.kind !== 'group') return;
    await exchangePhoto(tools, tx, change.chat.photo_id, null);
    await tellOfInfo(change, { title: NEUTRAL_TITLE, photo_id: null });
  });

const NEUTRAL_TITLE = 'Chat';
