import type { Static } from 'typebox';
import { mediaNotFound } from '#modules/media/index.ts';
import type { Actor } from '#platform/actor.ts';
import type { Tx } from '#platform/database.ts';
import { accessGroup, checkOwner, checkRight, checkStaff } from '../access.ts';
import { addServiceNote } from '../add-message.ts';
import { type ChatChange, changeChat } from '../change-chat.ts';
import { groupOnly } from '../errors.ts';
import { presentChatInfo } from '../present.ts';
import { findMemberIds } from '../queries/members.ts';
import type { Chat, UpdateChatBody } from '../schemas/chats.ts';
import type { ChatPatch, Membership } from '../tables.ts';
import { readTitle } from '../titles.ts';
import type { MessengerTools } from '../tools.ts';
import { readChat } from './get-chat.ts';

type Body = Static<typeof UpdateChatBody>;

/** Changes a group: title and photo by the right to edit it, the pace by its staff, the rights by its owner. */
export async function updateChat(
  tools: MessengerTools,
  actor: Actor,
  chatId: string,
  body: Body,
): Promise<Static<typeof Chat>> {
  await accessGroup(tools.db.read, actor, chatId);
  const title = body.title === undefined ? undefined : readTitle(tools, body.title);
  if (body.photoId !== undefined) await checkPhoto(tools, actor, body.photoId);
  return changeChat(tools, actor, chatId, async (change, member) => {
    checkChange(member, body);
    const patch = findPatch(member, body, title);
    if (Object.keys(patch).length > 0) {
      await tellOfInfo(change, patch);
      if (patch.title !== undefined) {
        await addServiceNote(tools, change, actor.accountId, { action: 'title_changed', title: patch.title });
      }
      if (patch.photo_id !== undefined) {
        await exchangePhoto(tools, change.tx, member.photo_id, patch.photo_id);
        await addServiceNote(tools, change, actor.accountId, { action: 'photo_changed' });
      }
    }
    return { accountId: actor.accountId, chatId };
  }).then(({ accountId }) => readChat(tools, tools.db.read, accountId, chatId));
}

function checkChange(member: Membership, body: Body): void {
  if (member.kind !== 'group') throw groupOnly();
  const { rights, slowModeSeconds, newcomerHistory } = body;
  if (body.title !== undefined || body.photoId !== undefined || body.clear) checkRight(member, 'may_edit_info');
  if (slowModeSeconds !== undefined || newcomerHistory !== undefined) checkStaff(member);
  if (rights) checkOwner(member);
}

async function checkPhoto({ db, media }: MessengerTools, actor: Actor, photoId: string): Promise<void> {
  const [photo] = await media.findUploads(db.read, [photoId], actor.accountId);
  if (photo?.kind !== 'picture') throw mediaNotFound();
}

export async function exchangePhoto({ media }: MessengerTools, tx: Tx, before: string | null, now: string | null) {
  if (now !== null) await media.keep(tx, [now]);
  if (before !== null) await media.release(tx, [before]);
}

/** Only what really changes. */
function findPatch(member: Membership, body: Body, title: string | undefined): ChatPatch {
  const { rights = {}, slowModeSeconds, newcomerHistory, photoId, clear } = body;
  const wanted: Partial<Membership> = {
    ...(title !== undefined && { title }),
    ...(photoId !== undefined && { photo_id: photoId }),
    ...(clear?.includes('photoId') && { photo_id: null }),
    ...(rights.write && { may_write: rights.write }),
    ...(rights.invite && { may_invite: rights.invite }),
    ...(rights.editInfo && { may_edit_info: rights.editInfo }),
    ...(rights.pin && { may_pin: rights.pin }),
    ...(rights.mentionAll && { may_mention_all: rights.mentionAll }),
    ...(slowModeSeconds !== undefined && { slow_mode_seconds: slowModeSeconds }),
    ...(newcomerHistory !== undefined && { newcomer_history: newcomerHistory }),
  };
  const present: Record<string, unknown> = member;
  return Object.fromEntries(Object.entries(wanted).filter(([column, value]) => present[column] !== value));
}

/** Patches what the chat is, at its place in the line, and tells all members. */
export async function tellOfInfo(change: ChatChange, patch: ChatPatch): Promise<void> {
  const rev = change.takeRev();
  change.patch({ ...patch, info_rev: rev });
  const { chat } = change;
  change.tell(await findMemberIds(change.tx, chat.chat_id), {
    type: 'chat.updated',
    chatId: chat.chat_id,
    rev,
    data: presentChatInfo(chat),
  });
}
