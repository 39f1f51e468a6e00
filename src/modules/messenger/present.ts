import type { Static } from 'typebox';
import type { Picture } from '#modules/media/index.ts';
import type { Change } from './schemas/catch-up.ts';
import type { Chat, ChatInfo, ChatState } from './schemas/chats.ts';
import type { Invite } from './schemas/invites.ts';
import type { Member } from './schemas/members.ts';
import type { Message } from './schemas/messages.ts';
import type { Poll } from './schemas/polls.ts';
import type { ChatRow, InviteRow, MemberChatRow, MemberRow, MessageRow, Poll as PollRow } from './tables.ts';

/** What is the same for everybody who may see the message; see own-part.ts for the rest. */
export function presentMessage(row: MessageRow): Static<typeof Message> {
  return {
    chatId: row.chat_id,
    seq: row.seq,
    rev: row.rev,
    authorId: row.author_id,
    clientId: row.client_id,
    text: row.text,
    ...(row.reply_to_seq !== null && { replyToSeq: row.reply_to_seq }),
    ...(row.forwards && {
      forwards: row.forwards.map((one) => ({ ...one, createdAt: new Date(one.createdAt) })),
    }),
    ...(row.mentions && row.mentions.length > 0 && { mentions: row.mentions }),
    ...(row.is_mention_of_all && { isMentionOfAll: true }),
    ...(row.attachments && { attachments: row.attachments }),
    ...(row.service && { service: row.service }),
    ...(row.reactions && { reactions: row.reactions }),
    ...(row.poll && { poll: presentPoll(row.poll) }),
    ...(row.pinned_at && { pinnedAt: row.pinned_at }),
    createdAt: row.created_at,
    ...(row.edited_at && { editedAt: row.edited_at }),
    ...(row.deleted_at && { deletedAt: row.deleted_at }),
  };
}

function presentPoll({ startsAt, closesAt, closedAt, ...poll }: PollRow): Static<typeof Poll> {
  return {
    ...poll,
    ...(startsAt && { startsAt: new Date(startsAt) }),
    ...(closesAt && { closesAt: new Date(closesAt) }),
    ...(closedAt && { closedAt: new Date(closedAt) }),
  };
}

export function presentChatInfo(row: ChatRow): Static<typeof ChatInfo> {
  return {
    chatId: row.chat_id,
    kind: row.kind,
    ...(row.kind === 'group' && {
      title: row.title,
      rights: {
        write: row.may_write,
        invite: row.may_invite,
        editInfo: row.may_edit_info,
        pin: row.may_pin,
        mentionAll: row.may_mention_all,
      },
    }),
    ...(row.photo_id && { photoId: row.photo_id }),
    memberCount: row.member_count,
    slowModeSeconds: row.slow_mode_seconds,
    newcomerHistory: row.newcomer_history,
    ...(row.requester_id && { requestedBy: row.requester_id }),
    createdAt: row.created_at,
  };
}

export function presentChatState(row: MemberChatRow): Static<typeof ChatState> {
  return {
    chatId: row.chat_id,
    readSeq: row.read_seq,
    unread: row.unread,
    mentions: row.mention_count,
    markedUnread: row.is_marked_unread,
    clearedSeq: row.cleared_seq,
    othersReadSeq: row.others_read_seq,
    othersDeliveredSeq: row.others_delivered_seq,
    ...(row.muted_until && { mutedUntil: row.muted_until }),
    isMassMentionMuted: row.is_mass_mention_muted,
    notifications: row.notify_level,
    pinned: row.pinned_at !== null,
    archived: row.is_archived,
    ...((row.draft_text !== '' || row.draft_reply_to_seq !== null) && {
      draft: { text: row.draft_text, ...(row.draft_reply_to_seq !== null && { replyToSeq: row.draft_reply_to_seq }) },
    }),
  };
}

export function presentChat(
  row: MemberChatRow,
  lastMessage: Static<typeof Message> | undefined,
  photo: Static<typeof Picture> | undefined,
): Static<typeof Chat> {
  const peerId = row.direct_key?.split(':').find((accountId) => accountId !== row.account_id);
  return {
    ...presentChatInfo(row),
    ...presentChatState(row),
    ...(peerId && { peerId }),
    role: row.role,
    seq: row.last_seq,
    rev: row.last_rev,
    firstSeq: row.visible_from_seq,
    ...(photo && { photo }),
    ...(lastMessage && { lastMessage }),
    lastActivityAt: row.last_activity_at,
  };
}

export function presentMember(row: MemberRow): Static<typeof Member> {
  return {
    chatId: row.chat_id,
    userId: row.account_id,
    role: row.role,
    state: shownState(row),
    rev: row.rev,
    joinedAt: row.joined_at,
    ...(row.invited_by && { invitedBy: row.invited_by }),
  };
}

/** That somebody is banned is known to the staff of the chat alone. */
export const shownState = ({ state }: Pick<MemberRow, 'state'>) => (state === 'banned' ? 'removed' : state);

export function presentInvite(row: InviteRow): Static<typeof Invite> {
  return {
    inviteId: row.invite_id,
    chatId: row.chat_id,
    code: row.code,
    createdBy: row.created_by,
    needsApproval: row.needs_approval,
    ...(row.newcomer_history !== null && { newcomerHistory: row.newcomer_history }),
    uses: row.uses,
    ...(row.max_uses !== null && { maxUses: row.max_uses }),
    ...(row.expires_at && { expiresAt: row.expires_at }),
    createdAt: row.created_at,
  };
}

/** What became of a message, for a client that knows the chat as it was at `since`. */
export function presentMessageChange(
  message: Static<typeof Message>,
  row: MessageRow,
  since: number,
): Static<typeof Change> {
  const type = row.created_rev > since ? 'message.created' : row.deleted_at ? 'message.deleted' : 'message.updated';
  return { type, chatId: row.chat_id, rev: row.rev, data: message };
}
