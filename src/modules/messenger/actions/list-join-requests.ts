import { type Static, Type } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { DEFAULT_LIMIT } from '#platform/paging.ts';
import { accessGroup, checkStaff } from '../access.ts';
import { listJoinRequests as findPage } from '../queries/invites.ts';
import type { JoinRequestPage } from '../schemas/invites.ts';
import type { MessengerTools } from '../tools.ts';

const Place = Type.Object({ accountId: Type.String() });

/** Who asks to join, for the staff of the group. */
export async function listJoinRequests(
  { db, cursors }: MessengerTools,
  actor: Actor,
  chatId: string,
  { limit = DEFAULT_LIMIT, cursor }: { limit?: number; cursor?: string },
): Promise<Static<typeof JoinRequestPage>> {
  checkStaff(await accessGroup(db.read, actor, chatId));
  const purpose = `listJoinRequests:${chatId}:${actor.accountId}`;
  const after = cursor === undefined ? undefined : cursors.open(purpose, Place, cursor).accountId;
  const rows = await findPage(db.read, chatId, after, limit + 1);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map((row) => ({ userId: row.account_id, createdAt: row.created_at })),
    ...(rows.length > limit && last && { nextCursor: cursors.seal(purpose, { accountId: last.account_id }) }),
  };
}
