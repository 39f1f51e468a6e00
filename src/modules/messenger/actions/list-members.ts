import { type Static, Type } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { DEFAULT_LIMIT } from '#platform/paging.ts';
import { accessChat, checkStaff } from '../access.ts';
import { presentMember } from '../present.ts';
import { listMembers as findPage } from '../queries/members.ts';
import type { MemberPage } from '../schemas.ts';
import type { MessengerTools } from '../tools.ts';

const Place = Type.Object({ accountId: Type.String() });

/** Who is in the chat; or, for its staff, who is banned from it. */
export async function listMembers(
  { db, cursors }: MessengerTools,
  actor: Actor,
  chatId: string,
  { limit = DEFAULT_LIMIT, cursor, state = 'active' }: { limit?: number; cursor?: string; state?: 'active' | 'banned' },
): Promise<Static<typeof MemberPage>> {
  const member = await accessChat(db.read, actor, chatId);
  if (state === 'banned') checkStaff(member);
  const purpose = `listMembers:${state}:${chatId}:${actor.accountId}`;
  const after = cursor === undefined ? undefined : cursors.open(purpose, Place, cursor).accountId;
  const rows = await findPage(db.read, chatId, { state, after, limit: limit + 1 });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(presentMember),
    ...(rows.length > limit && last && { nextCursor: cursors.seal(purpose, { accountId: last.account_id }) }),
  };
}
