import { type Static, Type } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { DEFAULT_LIMIT } from '#platform/paging.ts';
import { accessChat, accessMessage } from '../access.ts';
import { listReceipts as findPage } from '../queries/states.ts';
import type { ReceiptPage } from '../schemas/catch-up.ts';
import type { MessengerTools } from '../tools.ts';

const Place = Type.Object({ accountId: Type.String() });

/** Who has received and read a message, as far as they show it. */
export async function listReceipts(
  { db, cursors }: MessengerTools,
  actor: Actor,
  { chatId, seq }: { chatId: string; seq: number },
  { limit = DEFAULT_LIMIT, cursor }: { limit?: number; cursor?: string },
): Promise<Static<typeof ReceiptPage>> {
  const message = await accessMessage(db.read, await accessChat(db.read, actor, chatId), seq);
  const purpose = `listReceipts:${chatId}:${seq}:${actor.accountId}`;
  const after = cursor === undefined ? undefined : cursors.open(purpose, Place, cursor).accountId;
  const rows = await findPage(db.read, chatId, { seq, authorId: message.author_id, after, limit: limit + 1 });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(({ account_id, is_read }) => ({ userId: account_id, isRead: is_read })),
    ...(rows.length > limit && last && { nextCursor: cursors.seal(purpose, { accountId: last.account_id }) }),
  };
}
