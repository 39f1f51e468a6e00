import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { inviteNotFound } from '../errors.ts';
import { findChat } from '../queries/chats.ts';
import { findInviteByCode } from '../queries/invites.ts';
import { findMember } from '../queries/members.ts';
import type { InvitePreview } from '../schemas/invites.ts';
import type { MessengerTools } from '../tools.ts';

/** What one joins, before joining. Members are not named. To whom it does not apply, it does not exist. */
export async function previewInvite(
  { db, clock, media }: MessengerTools,
  actor: Actor,
  code: string,
): Promise<Static<typeof InvitePreview>> {
  const invite = await findInviteByCode(db.read, code, clock.now());
  const chat = invite && (await findChat(db.read, invite.chat_id));
  if (!invite || !chat) throw inviteNotFound();
  const past = await findMember(db.read, chat.chat_id, actor.accountId);
  if (past?.state === 'banned' || past?.state === 'removed') throw inviteNotFound();
  const { photo_id: photoId } = chat;
  const photo = photoId !== null && (await media.findPrivatePictures(db.read, [photoId])).get(photoId);
  return {
    title: chat.title,
    ...(photoId !== null && { photoId }),
    ...(photo && { photo }),
    memberCount: chat.member_count,
    needsApproval: invite.needs_approval,
    isMember: past?.state === 'active',
  };
}
