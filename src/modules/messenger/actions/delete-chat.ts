import type { Actor } from '#platform/actor.ts';
import { liveEvents } from '#platform/frames.ts';
import { accessChat, checkOwner } from '../access.ts';
import { changeChat } from '../change-chat.ts';
import { deleteInvites, deleteJoinRequests } from '../queries/invites.ts';
import { deleteChatMedia } from '../queries/media.ts';
import { dismissAllMembers, findMemberIds } from '../queries/members.ts';
import { insertLess } from '../queries/news.ts';
import { updateClearedSeq } from '../queries/states.ts';
import type { MessengerTools } from '../tools.ts';

/**
 * Ends a group for everybody, which only its owner may; a direct chat goes for the caller alone, with its history, and
 * comes back with the next message.
 */
export async function deleteChat(tools: MessengerTools, actor: Actor, chatId: string): Promise<void> {
  const { kind, last_seq } = await accessChat(tools.db.read, actor, chatId);
  if (kind === 'group') return endGroup(tools, actor, chatId);
  const { accountId } = actor;
  await updateClearedSeq(tools.db.statement, { chatId, accountId, seq: last_seq, isDismissed: true });
  tools.bus.publish(liveEvents, { accountIds: [accountId], event: { type: 'chat.removed', chatId, data: {} } });
}

const endGroup = (tools: MessengerTools, actor: Actor, chatId: string): Promise<void> =>
  changeChat(tools, actor, chatId, async (change, member) => {
    checkOwner(member);
    const memberIds = await findMemberIds(change.tx, chatId);
    await dismissAllMembers(change.tx, chatId);
    await insertLess(change.tx, chatId, { seq: change.chat.last_seq });
    await deleteInvites(change.tx, chatId);
    await deleteJoinRequests(change.tx, chatId);
    const { photo_id: photoId } = change.chat;
    const mediaIds = await deleteChatMedia(change.tx, chatId);
    await tools.media.release(change.tx, photoId === null ? mediaIds : [...mediaIds, photoId]);
    change.patch({ members_rev: change.takeRev(), member_count: 0, photo_id: null });
    change.tell(memberIds, { type: 'chat.removed', chatId, data: {} });
  });
