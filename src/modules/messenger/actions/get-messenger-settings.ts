import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { findSettings } from '../queries/states.ts';
import type { MessengerSettings } from '../schemas/chats.ts';
import type { MessengerTools } from '../tools.ts';

type Settings = Static<typeof MessengerSettings>;

export async function getMessengerSettings({ db }: MessengerTools, actor: Actor): Promise<Settings> {
  const row = await findSettings(db.read, actor.accountId);
  return { showsReceipts: row?.shows_receipts ?? true };
}
