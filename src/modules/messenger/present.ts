import type { Static } from 'typebox';
import type { Change, Chat, Message } from './schemas.ts';
import type { MemberChatRow, MessageRow } from './tables.ts';

export function presentMessage(row: MessageRow): Static<typeof Message> {
  return {
    chatId: row.chat_id,
    seq: row.seq,
    rev: row.rev,
    authorId: row.author_id,
    clientId: row.client_id,
    text: row.deleted_at ? '' : row.text,
    createdAt: row.created_at,
    ...(row.edited_at && { editedAt: row.edited_at }),
    ...(row.deleted_at && { deletedAt: row.deleted_at }),
  };
}

export function presentChat(row: MemberChatRow, lastMessage: MessageRow | undefined): Static<typeof Chat> {
  return {
    chatId: row.chat_id,
    kind: row.kind,
    memberIds: row.member_ids,
    seq: row.last_seq,
    rev: row.last_rev,
    readSeq: row.read_seq,
    unread: row.unread,
    ...(lastMessage && { lastMessage: presentMessage(lastMessage) }),
    lastActivityAt: row.last_activity_at,
  };
}

/** What became of a message, for a client that knows the chat as it was at `since`. */
export function presentChange(row: MessageRow, since: number): Static<typeof Change> {
  const type = row.created_rev > since ? 'message.created' : row.deleted_at ? 'message.deleted' : 'message.updated';
  return { type, chatId: row.chat_id, rev: row.rev, data: presentMessage(row) };
}
