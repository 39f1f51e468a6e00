import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { withLastMessages } from '../last-messages.ts';
import { findMemberChats, findRevisions } from '../queries.ts';
import type { SyncBody, SyncResult } from '../schemas.ts';
import type { MessengerTools } from '../tools.ts';
import { readChanges } from './list-changes.ts';

const FIRST_PAGE = 50;

/** Catch-up for all chats in one call: which changed (with the first page of changes), appeared or vanished. */
export async function syncChats(
  { db }: MessengerTools,
  actor: Actor,
  { chats: known }: Static<typeof SyncBody>,
): Promise<Static<typeof SyncResult>> {
  const present = await findRevisions(db.read, actor.accountId);
  const presentIds = new Set(present.map(({ chat_id }) => chat_id));
  const appearedIds = present.filter(({ chat_id }) => known[chat_id] === undefined).map(({ chat_id }) => chat_id);
  const changed = present.filter(({ chat_id, last_rev }) => last_rev > (known[chat_id] ?? last_rev));
  return {
    changed: await Promise.all(
      changed.map(({ chat_id, last_rev }) => readChanges(db.read, chat_id, known[chat_id] ?? 0, last_rev, FIRST_PAGE)),
    ),
    appeared: await withLastMessages(db.read, await findMemberChats(db.read, actor.accountId, appearedIds)),
    vanished: Object.keys(known).filter((chatId) => !presentIds.has(chatId)),
  };
}
