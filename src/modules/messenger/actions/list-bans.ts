import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { accessGroup, checkStaff } from '../access.ts';
import { pageMembers } from '../page-members.ts';
import type { MemberPage } from '../schemas/members.ts';
import type { MessengerTools } from '../tools.ts';

/** Who is banned from a group, for its staff. */
export async function listBans(
  tools: MessengerTools,
  actor: Actor,
  chatId: string,
  page: { limit?: number; cursor?: string },
): Promise<Static<typeof MemberPage>> {
  checkStaff(await accessGroup(tools.db.read, actor, chatId));
  return pageMembers(tools, actor, chatId, { ...page, state: 'banned' });
}
