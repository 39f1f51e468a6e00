import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { upsertSettings } from '../queries/states.ts';
import type { MessengerSettings, MessengerSettingsBody } from '../schemas/chats.ts';
import type { MessengerTools } from '../tools.ts';

type Settings = Static<typeof MessengerSettings>;

/** What was shown before stays shown: a mark never goes back. */
export async function updateMessengerSettings(
  { db }: MessengerTools,
  actor: Actor,
  { showsReceipts }: Static<typeof MessengerSettingsBody>,
): Promise<Settings> {
  const patch = showsReceipts === undefined ? {} : { shows_receipts: showsReceipts };
  const row = await upsertSettings(db.statement, actor.accountId, patch);
  return { showsReceipts: row.shows_receipts };
}
