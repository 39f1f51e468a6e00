import { type Static, Type } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { DEFAULT_LIMIT } from '#platform/paging.ts';
import { accessChat, accessMessage } from '../access.ts';
import { listReactors } from '../queries/reactions.ts';
import type { ReactorPage } from '../schemas/messages.ts';
import type { MessengerTools } from '../tools.ts';

const Place = Type.Object({ accountId: Type.String(), emoji: Type.String() });

/** Who reacted to a message, and how. */
export async function listReactions(
  { db, cursors }: MessengerTools,
  actor: Actor,
  { chatId, seq }: { chatId: string; seq: number },
  { limit = DEFAULT_LIMIT, cursor }: { limit?: number; cursor?: string },
): Promise<Static<typeof ReactorPage>> {
  const message = await accessMessage(db.read, await accessChat(db.read, actor, chatId), seq);
  const purpose = `listReactions:${chatId}:${seq}:${actor.accountId}`;
  const after = cursor === undefined ? undefined : cursors.open(purpose, Place, cursor);
  const rows = await listReactors(db.read, message, after, limit + 1);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(({ account_id, emoji }) => ({ userId: account_id, emoji })),
    ...(rows.length > limit &&
      last && { nextCursor: cursors.seal(purpose, { accountId: last.account_id, emoji: last.emoji }) }),
  };
}
