import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { accessChat } from '../access.ts';
import { tellOwnState } from '../own-state.ts';
import { updateOwnState } from '../queries/members.ts';
import { insertLess } from '../queries/news.ts';
import type { ChatSettingsBody, ChatState } from '../schemas/chats.ts';
import type { MessengerTools } from '../tools.ts';

/** The caller's own settings of a chat; their other devices are told. */
export async function updateChatSettings(
  tools: MessengerTools,
  actor: Actor,
  chatId: string,
  body: Static<typeof ChatSettingsBody>,
): Promise<Static<typeof ChatState>> {
  const { db, clock } = tools;
  const { mutedUntil, isMassMentionMuted, notifications, pinned, archived, markedUnread, clear } = body;
  await accessChat(db.read, actor, chatId);
  await updateOwnState(db.statement, chatId, actor.accountId, {
    ...(mutedUntil !== undefined && { muted_until: new Date(mutedUntil) }),
    ...(clear?.includes('mutedUntil') && { muted_until: null }),
    ...(isMassMentionMuted !== undefined && { is_mass_mention_muted: isMassMentionMuted }),
    ...(notifications !== undefined && { notify_level: notifications }),
    ...(pinned !== undefined && { pinned_at: pinned ? clock.now() : null }),
    ...(archived !== undefined && { is_archived: archived }),
    ...(markedUnread !== undefined && { is_marked_unread: markedUnread }),
  });
  const doesBadgeFollow = [mutedUntil, isMassMentionMuted, notifications].some((setting) => setting !== undefined);
  if (doesBadgeFollow) await insertLess(db.statement, chatId, { readerId: actor.accountId });
  return tellOwnState(tools, actor.accountId, chatId);
}
