import type { Static } from 'typebox';
import { liveEvents } from '#platform/frames.ts';
import { chatNotFound } from './errors.ts';
import { presentChatState } from './present.ts';
import { findMemberChats } from './queries/chats.ts';
import type { ChatState } from './schemas/chats.ts';
import type { MessengerTools } from './tools.ts';

/** Reads a member's own side of a chat after it changed, and tells their other devices. */
export async function tellOwnState(
  { db, bus }: MessengerTools,
  accountId: string,
  chatId: string,
): Promise<Static<typeof ChatState>> {
  const [row] = await findMemberChats(db.read, accountId, [chatId]);
  if (!row) throw chatNotFound();
  const data = presentChatState(row);
  bus.publish(liveEvents, { accountIds: [accountId], event: { type: 'state.changed', chatId, data } });
  return data;
}
