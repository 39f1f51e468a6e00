import type { Actor } from '#platform/actor.ts';
import { accessMessage } from '../access.ts';
import { type ChatChange, changeChat } from '../change-chat.ts';
import { rightMissing, tooLateToEdit } from '../errors.ts';
import { findMember } from '../queries/members.ts';
import { deleteVotes } from '../queries/polls.ts';
import { deleteReactions } from '../queries/reactions.ts';
import { findVisibleMessage, insertHiddenMessage, insertVersion } from '../queries.ts';
import { reviseMessage } from '../revise-message.ts';
import { outranks, rankOf } from '../rights.ts';
import type { Membership, MessageRow } from '../tables.ts';
import type { MessengerTools } from '../tools.ts';
import { EDIT_WINDOW_MS } from './edit-message.ts';

type Place = { chatId: string; seq: number };

/** Hides a message from the caller alone. Others see no difference, so this has no place in the line of changes. */
export function hideMessage(tools: MessengerTools, actor: Actor, { chatId, seq }: Place): Promise<void> {
  const { accountId } = actor;
  return changeChat(tools, actor, chatId, async ({ tx, tell }, member) => {
    if (!(await findVisibleMessage(tx, member, seq))) return;
    await insertHiddenMessage(tx, chatId, seq, accountId);
    tell([accountId], { type: 'message.hidden', chatId, data: { chatId, seqs: [seq] } });
  });
}

/** Takes a message back from everybody: a tombstone stays in its place. Doing it again changes nothing. */
export const deleteMessage = (tools: MessengerTools, actor: Actor, { chatId, seq }: Place): Promise<void> =>
  changeChat(tools, actor, chatId, async (change, member) => {
    const visible = await findVisibleMessage(change.tx, member, seq);
    if (visible?.deleted_at) return;
    const message = await accessMessage(change.tx, member, seq);
    await checkMayDelete(change, member, message);
    await bury(change, message, actor.accountId);
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

/** Leaves a tombstone; the text moves to the versions, which only moderators see. */
export async function bury(change: ChatChange, message: MessageRow, actorId: string): Promise<void> {
  const { tx, now } = change;
  await insertVersion(tx, {
    chat_id: message.chat_id,
    seq: message.seq,
    rev: message.rev,
    text: message.text,
    replaced_by: actorId,
    replaced_at: now,
  });
  await deleteReactions(tx, message);
  await deleteVotes(tx, message);
  await reviseMessage(change, {
    seq: message.seq,
    patch: { ...NOTHING, deleted_at: now },
    actorId,
    type: 'message.deleted',
  });
}

const NOTHING = {
  text: '',
  reply_to_seq: null,
  forwards: null,
  mentions: null,
  is_mention_of_all: false,
  attachments: null,
  reactions: null,
  poll: null,
  pinned_at: null,
  edited_at: null,
};
