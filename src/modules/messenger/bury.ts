import type { ChatChange } from './change-chat.ts';
import { deleteMessageMedia } from './queries/media.ts';
import { insertVersion } from './queries/messages.ts';
import { insertLess } from './queries/news.ts';
import { deleteVotes } from './queries/polls.ts';
import { deleteReactions } from './queries/reactions.ts';
import { reviseMessage } from './revise-message.ts';
import type { MessageRow } from './tables.ts';
import type { MessengerTools } from './tools.ts';

/** Leaves a tombstone; the text moves to the versions, which only moderators see, and its files are let go. */
export async function bury(
  { media }: MessengerTools,
  change: ChatChange,
  message: MessageRow,
  actorId: string,
): Promise<void> {
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
  await media.release(tx, await deleteMessageMedia(tx, message));
  await reviseMessage(change, {
    seq: message.seq,
    patch: { ...NOTHING, deleted_at: now },
    actorId,
    type: 'message.deleted',
  });
  await insertLess(tx, message.chat_id, { seq: message.seq });
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
