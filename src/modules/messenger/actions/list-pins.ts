import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { accessChat } from '../access.ts';
import { presentForReader } from '../own-part.ts';
import { findPinnedMessages } from '../queries/messages.ts';
import type { PinList } from '../schemas/messages.ts';
import type { MessengerTools } from '../tools.ts';

/** The pinned messages that the caller may see, the latest pin first. */
export async function listPins({ db }: MessengerTools, actor: Actor, chatId: string): Promise<Static<typeof PinList>> {
  const viewer = await accessChat(db.read, actor, chatId);
  const rows = await findPinnedMessages(db.read, viewer);
  return { items: await presentForReader(db.read, actor.accountId, rows) };
}
