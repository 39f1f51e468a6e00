import type { Actor } from '#platform/actor.ts';
import { accessMessage } from '../access.ts';
import { bury } from '../bury.ts';
import { type ChatChange, changeChat } from '../change-chat.ts';
import { rightMissing, tooLateToEdit } from '../errors.ts';
import { hideMessage } from '../hide-message.ts';
import { findMember } from '../queries/members.ts';
import { findVisibleMessage } from '../queries/messages.ts';
import { outranks, rankOf } from '../rights.ts';
import type { Membership, MessageRow } from '../tables.ts';
import type { MessengerTools } from '../tools.ts';
import { EDIT_WINDOW_MS } from './edit-message.ts';

type Place = { chatId: string; seq: number };

/** Deletes a message for everybody, or only for the caller. */
export const deleteMessage = (
  tools: MessengerTools,
  actor: Actor,
  place: Place,
  forWhom: 'me' | 'everyone' = 'me',
): Promise<void> => (forWhom === 'me' ? hideMessage(tools, actor, place) : takeBack(tools, actor, place));

/** Takes a message back from everybody: a tombstone stays in its place. Doing it again changes nothing. */
const takeBack = (tools: MessengerTools, actor: Actor, { chatId, seq }: Place): Promise<void> =>
  changeChat(tools, actor, chatId, async (change, member) => {
    const visible = await findVisibleMessage(change.tx, member, seq);
    if (visible?.deleted_at) return;
    const message = await accessMessage(change.tx, member, seq);
    await checkMayDelete(change, member, message);
    await bury(tools, change, message, actor.accountId);
  });

/** The author for 48 hours; in a group its staff at any time, if of higher rank than the author. */
async function checkMayDelete({ tx, now }: ChatChange, member: Membership, message: MessageRow): Promise<void> {
  const isStaff = member.kind === 'group' && rankOf(member.role) >= rankOf('admin');
  if (message.author_id === member.account_id) {
    const isLate = now.getTime() - message.created_at.getTime() > EDIT_WINDOW_MS;
    if (isLate && !isStaff) throw tooLateToEdit();
    return;
  }
  const author = await findMember(tx, member.chat_id, message.author_id);
  if (!isStaff || (author && !outranks(member, author))) throw rightMissing();
}
