import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { accessChat } from '../access.ts';
import { pageMembers } from '../page-members.ts';
import type { MemberPage } from '../schemas/members.ts';
import type { MessengerTools } from '../tools.ts';

/** Who is in the chat now. */
export async function listMembers(
  tools: MessengerTools,
  actor: Actor,
  chatId: string,
  page: { limit?: number; cursor?: string },
): Promise<Static<typeof MemberPage>> {
  await accessChat(tools.db.read, actor, chatId);
  return pageMembers(tools, actor, chatId, { ...page, state: 'active' });
}
