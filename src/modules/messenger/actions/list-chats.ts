import { type Static, Type } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { DEFAULT_LIMIT } from '#platform/paging.ts';
import { withLastMessages } from '../last-messages.ts';
import { listMemberChats } from '../queries.ts';
import type { ChatPage } from '../schemas.ts';
import type { MessengerTools } from '../tools.ts';

const Place = Type.Object({ lastActivityAt: Type.String(), chatId: Type.String() });

/** The caller's chats, latest activity first. A chat that becomes active while one pages moves to the front. */
export async function listChats(
  { db, cursors }: MessengerTools,
  actor: Actor,
  { limit = DEFAULT_LIMIT, cursor }: { limit?: number; cursor?: string },
): Promise<Static<typeof ChatPage>> {
  const purpose = `listChats:${actor.accountId}`;
  const after = cursor === undefined ? undefined : cursors.open(purpose, Place, cursor);
  const rows = await listMemberChats(db.read, actor.accountId, after, limit + 1);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const items = await withLastMessages(db.read, page);
  if (rows.length <= limit || !last) return { items };
  return {
    items,
    nextCursor: cursors.seal(purpose, { lastActivityAt: last.last_activity_at.toISOString(), chatId: last.chat_id }),
  };
}
