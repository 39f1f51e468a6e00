import { type Static, Type } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { DEFAULT_LIMIT } from '#platform/paging.ts';
import { withLastMessages } from '../last-messages.ts';
import { listMemberChats } from '../queries/chats.ts';
import type { ChatPage, ChatsQuery } from '../schemas/chats.ts';
import type { MessengerTools } from '../tools.ts';

const Place = Type.Object({ lastActivityAt: Type.String(), chatId: Type.String() });

/** The caller's chats, latest activity first. A chat that becomes active while one pages moves to the front. */
export async function listChats(
  tools: MessengerTools,
  actor: Actor,
  { limit = DEFAULT_LIMIT, cursor, folder = 'all' }: Static<typeof ChatsQuery>,
): Promise<Static<typeof ChatPage>> {
  const { db, cursors } = tools;
  const purpose = `listChats:${folder}:${actor.accountId}`;
  const after = cursor === undefined ? undefined : cursors.open(purpose, Place, cursor);
  const rows = await listMemberChats(db.read, actor.accountId, { folder, after, limit: limit + 1 });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const items = await withLastMessages(tools, db.read, actor.accountId, page);
  if (rows.length <= limit || !last) return { items };
  return {
    items,
    nextCursor: cursors.seal(purpose, { lastActivityAt: last.last_activity_at.toISOString(), chatId: last.chat_id }),
  };
}
