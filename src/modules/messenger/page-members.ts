import { type Static, Type } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { DEFAULT_LIMIT } from '#platform/paging.ts';
import { presentMember } from './present.ts';
import { listMembers } from './queries/members.ts';
import type { MemberPage } from './schemas/members.ts';
import type { MessengerTools } from './tools.ts';

const Place = Type.Object({ accountId: Type.String() });

/** One page of those who are, or are banned, in a chat; the caller has looked whether the reader may see it. */
export async function pageMembers(
  { db, cursors }: MessengerTools,
  actor: Actor,
  chatId: string,
  { limit = DEFAULT_LIMIT, cursor, state }: { limit?: number; cursor?: string; state: 'active' | 'banned' },
): Promise<Static<typeof MemberPage>> {
  const purpose = `members:${state}:${chatId}:${actor.accountId}`;
  const after = cursor === undefined ? undefined : cursors.open(purpose, Place, cursor).accountId;
  const rows = await listMembers(db.read, chatId, { state, after, limit: limit + 1 });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(presentMember),
    ...(rows.length > limit && last && { nextCursor: cursors.seal(purpose, { accountId: last.account_id }) }),
  };
}
