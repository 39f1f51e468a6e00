import { Type } from 'typebox';
import { Attachment, mediaKinds, Picture } from '#modules/media/index.ts';
import { frameRef } from '#platform/frames.ts';
import { pageOf, pageQuery } from '#platform/paging.ts';
import { enumOf, model, openEnum, ref, strictObject, Timestamp, TimestampInput, Uuid } from '#platform/schemas.ts';
import { levels, memberRoles } from './rights.ts';
import { serviceActions } from './tables.ts';

export const MAX_TEXT_LENGTH = 4_000;
export const MAX_SYNC_CHATS = 1_000;
export const MAX_FORWARDED = 20;
export const MAX_MENTIONS = 50;
export const MAX_ATTACHMENTS = 10;
export const MAX_MEMBERS = 1_000;
export const MAX_TITLE_LENGTH = 100;
export const MAX_POLL_OPTIONS = 10;

export const Seq = Type.Integer({ minimum: 1, maximum: 2_147_483_647 });
const Rev = Type.Integer({ minimum: 0, maximum: 2_147_483_647 });
const op = <const T extends string>(word: T) => Type.Unsafe<T>({ type: 'string', enum: [word] });

export const Forward = model(
  'Forward',
  Type.Object(
    {
      authorId: Uuid,
      createdAt: Timestamp,
      text: Type.String(),
      attachments: Type.Optional(Type.Array(ref(Attachment))),
    },
    { description: 'A copy of a message, with who wrote it and when. Where it stood is not told.' },
  ),
);

export const ServiceNote = model(
  'ServiceNote',
  Type.Object(
    {
      action: openEnum(serviceActions),
      userIds: Type.Optional(Type.Array(Uuid)),
      title: Type.Optional(Type.String()),
      seq: Type.Optional(Type.Integer()),
    },
    { description: 'What happened in the chat; `authorId` of the message did it. Apps put it into words.' },
  ),
);

export const ReactionCount = model('ReactionCount', Type.Object({ emoji: Type.String(), count: Type.Integer() }));

export const PollOption = model('PollOption', Type.Object({ text: Type.String(), count: Type.Integer() }));

export const Poll = model(
  'Poll',
  Type.Object({
    kind: openEnum(['poll', 'ready_check'] as const),
    question: Type.String(),
    options: Type.Array(ref(PollOption), {
      description: 'Of a ready check: `in`, `maybe`, `out`, which apps put into words.',
    }),
    isAnonymous: Type.Boolean(),
    isMultiple: Type.Boolean(),
    startsAt: Type.Optional(Timestamp),
    closesAt: Type.Optional(Timestamp),
    closedAt: Type.Optional(Timestamp),
  }),
);

export const Message = model(
  'Message',
  Type.Object({
    chatId: Uuid,
    seq: Type.Integer({ description: 'The number of the message in its chat, from 1, without gaps.' }),
    rev: Type.Integer({ description: 'The place of its latest change in the line of changes of the chat.' }),
    authorId: Uuid,
    clientId: Uuid,
    text: Type.String({ description: 'Empty in a tombstone and in a service message.' }),
    replyToSeq: Type.Optional(Type.Integer()),
    forwards: Type.Optional(Type.Array(ref(Forward))),
    mentions: Type.Optional(Type.Array(Uuid)),
    isMentionOfAll: Type.Optional(Type.Boolean()),
    attachments: Type.Optional(Type.Array(ref(Attachment))),
    service: Type.Optional(ref(ServiceNote)),
    reactions: Type.Optional(Type.Array(ref(ReactionCount))),
    poll: Type.Optional(ref(Poll)),
    myReactions: Type.Optional(
      Type.Array(Type.String(), {
        description: "The reader's own. Absent in events for everybody: then keep what you have.",
      }),
    ),
    myVotes: Type.Optional(
      Type.Array(Type.Integer(), { description: 'Options of the poll that the reader chose. As for `myReactions`.' }),
    ),
    pinnedAt: Type.Optional(Timestamp),
    createdAt: Timestamp,
    editedAt: Type.Optional(Timestamp),
    deletedAt: Type.Optional(Timestamp),
  }),
);

export const ChatRights = model(
  'ChatRights',
  Type.Object(
    {
      write: enumOf(levels),
      invite: enumOf(levels),
      editInfo: enumOf(levels),
      pin: enumOf(levels),
      mentionAll: enumOf(levels),
    },
    { description: 'Who may do what: everybody, admins and the owner, or the owner alone.' },
  ),
);

/** What a chat is, the same for all of its members. */
const chatInfo = {
  chatId: Uuid,
  kind: enumOf(['direct', 'group'] as const),
  title: Type.Optional(Type.String()),
  photoId: Type.Optional(
    Type.String({ format: 'uuid', description: 'Links to it: `photo` of the chat, or `GET /v1/media/{mediaId}`.' }),
  ),
  memberCount: Type.Integer(),
  rights: Type.Optional(ref(ChatRights)),
  slowModeSeconds: Type.Integer(),
  newcomerHistory: Type.Integer({ description: 'How many earlier messages a newcomer sees.' }),
  requestedBy: Type.Optional(
    Type.String({
      format: 'uuid',
      description: 'A stranger who asks to write: three messages until the other answers.',
    }),
  ),
  createdAt: Timestamp,
};

export const ChatInfo = model('ChatInfo', Type.Object(chatInfo));

export const Draft = model(
  'Draft',
  Type.Object(
    { text: Type.String(), replyToSeq: Type.Optional(Type.Integer()) },
    { description: 'What the caller is writing, on all devices.' },
  ),
);

const notifyLevels = ['all', 'mentions', 'none'] as const;

/** What is one member's own. */
const chatState = {
  chatId: Uuid,
  readSeq: Type.Integer({ description: 'Up to where the caller has read.' }),
  unread: Type.Integer({ description: 'Messages of others after `readSeq`, counted up to 1,000.' }),
  mentions: Type.Integer({ description: 'Those of them that mention the caller.' }),
  markedUnread: Type.Boolean(),
  clearedSeq: Type.Integer({ description: 'History up to here is cleared away for the caller.' }),
  othersReadSeq: Type.Integer({ description: 'The furthest that any other member has shown to have read.' }),
  othersDeliveredSeq: Type.Integer(),
  mutedUntil: Type.Optional(Timestamp),
  isMassMentionMuted: Type.Boolean(),
  notifications: openEnum(notifyLevels, { description: 'What in the chat becomes a push.' }),
  pinned: Type.Boolean(),
  archived: Type.Boolean(),
  draft: Type.Optional(ref(Draft)),
};

export const ChatState = model('ChatState', Type.Object(chatState));

export const Chat = model(
  'Chat',
  Type.Object({
    ...chatInfo,
    ...chatState,
    peerId: Type.Optional(Type.String({ format: 'uuid', description: 'The other one of a direct chat.' })),
    role: enumOf(memberRoles),
    seq: Type.Integer({ description: 'The number of the newest message; 0 while there is none.' }),
    rev: Type.Integer({ description: 'The number of the newest change.' }),
    firstSeq: Type.Integer({ description: 'The first message that the caller may see.' }),
    photo: Type.Optional(ref(Picture)),
    lastMessage: Type.Optional(ref(Message)),
    lastActivityAt: Timestamp,
  }),
);

export const ChatPage = model('ChatPage', pageOf(ref(Chat)));
export const ChatsQuery = strictObject({
  ...pageQuery,
  folder: Type.Optional(
    enumOf(['all', 'requests', 'archived', 'unread'] as const, { description: '`all` when left out.' }),
  ),
});

export const Member = model(
  'Member',
  Type.Object({
    chatId: Uuid,
    userId: Uuid,
    role: enumOf(memberRoles),
    state: enumOf(['active', 'left', 'removed'] as const),
    rev: Type.Integer({ description: 'The place of the latest change in the line of the chat.' }),
    joinedAt: Timestamp,
    invitedBy: Type.Optional(Uuid),
  }),
);
export const MemberPage = model('MemberPage', pageOf(ref(Member)));

export const MessageList = model(
  'MessageList',
  Type.Object(
    { items: Type.Array(ref(Message)), hasMore: Type.Boolean() },
    { description: 'By rising `seq`. `hasMore`: there are more in the direction that was asked for.' },
  ),
);
export const MessagePage = model('MessagePage', pageOf(ref(Message)));
export const ChatAttachment = model(
  'ChatAttachment',
  Type.Object(
    { seq: Type.Integer(), authorId: Uuid, createdAt: Timestamp, attachment: ref(Attachment) },
    { description: 'A file and the message that it stands in, also as part of what that forwards.' },
  ),
);
export const ChatAttachmentPage = model('ChatAttachmentPage', pageOf(ref(ChatAttachment)));
export const AttachmentsQuery = strictObject({
  ...pageQuery,
  kind: Type.Optional(enumOf(mediaKinds, { description: 'All kinds when left out.' })),
});
export const PinList = model('PinList', Type.Object({ items: Type.Array(ref(Message)) }));

export const ReadState = model('ReadState', Type.Object({ chatId: Uuid, userId: Uuid, readSeq: Type.Integer() }));
export const DeliveredState = model(
  'DeliveredState',
  Type.Object({ chatId: Uuid, userId: Uuid, deliveredSeq: Type.Integer() }),
);
export const Receipt = model(
  'Receipt',
  Type.Object({
    userId: Uuid,
    isRead: Type.Boolean({ description: 'Else received and not read yet.' }),
  }),
);
export const ReceiptPage = model('ReceiptPage', pageOf(ref(Receipt)));

export const changeTypes = [
  'message.created',
  'message.updated',
  'message.deleted',
  'member.changed',
  'chat.updated',
] as const;

export const Change = model(
  'Change',
  Type.Object(
    {
      type: openEnum(changeTypes),
      chatId: Uuid,
      rev: Type.Integer(),
      data: Type.Object(
        {},
        {
          additionalProperties: true,
          description: '`message.*`: Message, `member.changed`: Member, `chat.updated`: ChatInfo.',
        },
      ),
    },
    { description: 'The same shape as the `event` frame: one piece of client code handles both.' },
  ),
);

export const ChangeList = model(
  'ChangeList',
  Type.Object({
    chatId: Uuid,
    rev: Type.Integer({ description: 'After these changes the client is here; ask again from it while `hasMore`.' }),
    items: Type.Array(ref(Change)),
    hasMore: Type.Boolean(),
  }),
);

export const SyncBody = model(
  'SyncBody',
  strictObject({
    chats: Type.Unsafe<Record<string, number>>({
      type: 'object',
      description: 'What the client has: chat id → its last `rev`; at most 1,000, the latest.',
      propertyNames: { format: 'uuid' },
      additionalProperties: { type: 'integer', minimum: 0, maximum: 2_147_483_647 },
      maxProperties: MAX_SYNC_CHATS,
    }),
    cursor: Type.Optional(
      Type.String({ minLength: 1, maxLength: 1_000, description: 'From the last sync; without it all states come.' }),
    ),
  }),
);

export const HiddenMessages = model('HiddenMessages', Type.Object({ chatId: Uuid, seqs: Type.Array(Type.Integer()) }));

export const SyncResult = model(
  'SyncResult',
  Type.Object({
    changed: Type.Array(ref(ChangeList)),
    appeared: Type.Array(ref(Chat), { description: 'The latest 100 of the chats that the client did not name.' }),
    hasMoreChats: Type.Boolean({ description: 'There are more of them: page through `GET /v1/chats`.' }),
    vanished: Type.Array(Uuid, { description: 'Chats that the caller may not read (any more).' }),
    reload: Type.Array(Uuid, { description: 'Chats whose copy is too old to be caught up: load them anew.' }),
    states: Type.Array(ref(ChatState), { description: "Chats whose side of the caller, or others' marks, changed." }),
    hidden: Type.Array(ref(HiddenMessages), {
      description: 'Messages that the caller has deleted for themself.',
    }),
    cursor: Type.String({ description: 'For the next sync.' }),
  }),
);

export const ForwardInput = model(
  'ForwardInput',
  strictObject({
    chatId: Uuid,
    seqs: Type.Array(Seq, { minItems: 1, maxItems: MAX_FORWARDED, uniqueItems: true }),
  }),
);
export const AttachmentInput = model('AttachmentInput', strictObject({ mediaId: Uuid }));

const messageBody = {
  clientId: Type.String({ format: 'uuid', description: 'Made by the client: the same id is the same message.' }),
  text: Type.Optional(
    Type.String({
      maxLength: MAX_TEXT_LENGTH,
      description: 'Up to 4,000 characters; needed unless there is something attached or forwarded.',
    }),
  ),
  replyToSeq: Type.Optional(Type.Integer({ ...Seq, description: 'A message of this chat.' })),
  forward: Type.Optional(ref(ForwardInput)),
  mentions: Type.Optional(
    Type.Array(Uuid, {
      maxItems: MAX_MENTIONS,
      uniqueItems: true,
      description: 'Beside those named in the text as @username. Only members of the chat are mentioned.',
    }),
  ),
  attachments: Type.Optional(Type.Array(ref(AttachmentInput), { minItems: 1, maxItems: MAX_ATTACHMENTS })),
};

export const SendMessageBody = model('SendMessageBody', strictObject(messageBody));
export const SendFrame = model(
  'SendFrame',
  strictObject({ op: op('send'), chatId: Uuid, ...messageBody, ...frameRef }),
);
export const EditMessageBody = model(
  'EditMessageBody',
  strictObject({ text: Type.String({ minLength: 1, maxLength: MAX_TEXT_LENGTH }) }),
);

export const ReadBody = model('ReadBody', strictObject({ seq: Seq }));
export const ReadFrame = model('ReadFrame', strictObject({ op: op('read'), chatId: Uuid, seq: Seq, ...frameRef }));
export const DeliveredFrame = model(
  'DeliveredFrame',
  strictObject({ op: op('delivered'), chatId: Uuid, seq: Seq, ...frameRef }),
);
export const TypingFrame = model('TypingFrame', strictObject({ op: op('typing'), chatId: Uuid, ...frameRef }));

const Title = Type.String({ minLength: 1, maxLength: MAX_TITLE_LENGTH });
const NewcomerHistory = Type.Integer({
  minimum: 0,
  maximum: 1_000,
  description: 'How many earlier messages a newcomer sees; 100 when left out.',
});

export const CreateChatBody = model(
  'CreateChatBody',
  strictObject({
    title: Title,
    memberIds: Type.Array(Uuid, { maxItems: 100, uniqueItems: true, description: 'Beside the caller.' }),
  }),
);
export const ChatRightsInput = model(
  'ChatRightsInput',
  strictObject({
    write: Type.Optional(enumOf(levels)),
    invite: Type.Optional(enumOf(levels)),
    editInfo: Type.Optional(enumOf(levels)),
    pin: Type.Optional(enumOf(levels)),
    mentionAll: Type.Optional(enumOf(levels)),
  }),
);
export const UpdateChatBody = model(
  'UpdateChatBody',
  strictObject({
    title: Type.Optional(Title),
    photoId: Type.Optional(Type.String({ format: 'uuid', description: 'An uploaded picture of the caller.' })),
    rights: Type.Optional(ref(ChatRightsInput)),
    slowModeSeconds: Type.Optional(Type.Integer({ minimum: 0, maximum: 21_600 })),
    newcomerHistory: Type.Optional(NewcomerHistory),
    clear: Type.Optional(Type.Array(enumOf(['photoId'] as const), { maxItems: 1 })),
  }),
);
export const ChatSettingsBody = model(
  'ChatSettingsBody',
  strictObject({
    mutedUntil: Type.Optional(TimestampInput),
    isMassMentionMuted: Type.Optional(Type.Boolean()),
    notifications: Type.Optional(enumOf(notifyLevels, { description: 'What in the chat becomes a push.' })),
    pinned: Type.Optional(Type.Boolean()),
    archived: Type.Optional(Type.Boolean()),
    markedUnread: Type.Optional(Type.Boolean()),
    clear: Type.Optional(Type.Array(enumOf(['mutedUntil'] as const), { maxItems: 1 })),
  }),
);
export const ClearHistoryBody = model('ClearHistoryBody', strictObject({ seq: Seq }));
export const DraftBody = model(
  'DraftBody',
  strictObject({
    text: Type.String({ maxLength: MAX_TEXT_LENGTH, description: 'Empty: there is no draft.' }),
    replyToSeq: Type.Optional(Seq),
  }),
);

export const AddMembersBody = model(
  'AddMembersBody',
  strictObject({ userIds: Type.Array(Uuid, { minItems: 1, maxItems: 100, uniqueItems: true }) }),
);
export const AddedMembers = model(
  'AddedMembers',
  Type.Object({
    added: Type.Array(ref(Member)),
    notAdded: Type.Array(Uuid, { description: 'People who cannot be added; the reason is theirs.' }),
  }),
);
export const ChangeMemberBody = model(
  'ChangeMemberBody',
  strictObject({ role: enumOf(memberRoles, { description: '`owner` hands the chat over.' }) }),
);

export const Invite = model(
  'Invite',
  Type.Object({
    inviteId: Uuid,
    chatId: Uuid,
    code: Type.String(),
    createdBy: Uuid,
    needsApproval: Type.Boolean(),
    newcomerHistory: Type.Optional(Type.Integer()),
    uses: Type.Integer(),
    maxUses: Type.Optional(Type.Integer()),
    expiresAt: Type.Optional(Timestamp),
    createdAt: Timestamp,
  }),
);
export const InviteList = model('InviteList', Type.Object({ items: Type.Array(ref(Invite)) }));
export const CreateInviteBody = model(
  'CreateInviteBody',
  strictObject({
    expiresInSeconds: Type.Optional(
      Type.Integer({ minimum: 60, maximum: 31_536_000, description: 'For ever when left out.' }),
    ),
    maxUses: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000 })),
    needsApproval: Type.Optional(Type.Boolean({ description: 'Who comes by it asks, and staff of the chat decides.' })),
    newcomerHistory: Type.Optional(NewcomerHistory),
  }),
);
export const InvitePreview = model(
  'InvitePreview',
  Type.Object({
    title: Type.String(),
    photoId: Type.Optional(Uuid),
    memberCount: Type.Integer(),
    needsApproval: Type.Boolean(),
    isMember: Type.Boolean(),
  }),
);
export const JoinResult = model(
  'JoinResult',
  Type.Object({
    state: openEnum(['joined', 'requested'] as const),
    chat: Type.Optional(ref(Chat)),
  }),
);
export const JoinRequest = model('JoinRequest', Type.Object({ userId: Uuid, createdAt: Timestamp }));
export const JoinRequestPage = model('JoinRequestPage', pageOf(ref(JoinRequest)));

export const CreatePollBody = model(
  'CreatePollBody',
  strictObject({
    clientId: Uuid,
    kind: Type.Optional(enumOf(['poll', 'ready_check'] as const, { description: '`poll` when left out.' })),
    question: Type.String({ minLength: 1, maxLength: 300 }),
    options: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 100 }), {
        minItems: 2,
        maxItems: MAX_POLL_OPTIONS,
        uniqueItems: true,
        description: 'Of a poll. A ready check has its own: in, maybe, out.',
      }),
    ),
    isAnonymous: Type.Optional(Type.Boolean()),
    isMultiple: Type.Optional(Type.Boolean()),
    startsAt: Type.Optional(Type.String({ ...TimestampInput, description: 'Of a ready check: when the game begins.' })),
    closesAt: Type.Optional(TimestampInput),
  }),
);
export const VoteBody = model(
  'VoteBody',
  strictObject({
    options: Type.Array(Type.Integer({ minimum: 0, maximum: MAX_POLL_OPTIONS - 1 }), {
      maxItems: MAX_POLL_OPTIONS,
      uniqueItems: true,
      description: 'Numbers of the chosen options from 0; none takes the vote back.',
    }),
  }),
);
export const Vote = model('Vote', Type.Object({ userId: Uuid, option: Type.Integer() }));
export const VoterPage = model('VoterPage', pageOf(ref(Vote)));
export const Reaction = model('Reaction', Type.Object({ userId: Uuid, emoji: Type.String() }));
export const ReactorPage = model('ReactorPage', pageOf(ref(Reaction)));

export const MessengerSettings = model(
  'MessengerSettings',
  Type.Object({
    showsReceipts: Type.Boolean({ description: 'Whether others see what the caller has received and read.' }),
  }),
);
export const MessengerSettingsBody = model(
  'MessengerSettingsBody',
  strictObject({ showsReceipts: Type.Optional(Type.Boolean()) }),
);

export const ChatParams = strictObject({ chatId: Uuid });
export const PeerParams = strictObject({ userId: Uuid });
export const MessageParams = strictObject({ chatId: Uuid, seq: Seq });
export const ReactionParams = strictObject({
  chatId: Uuid,
  seq: Seq,
  emoji: Type.String({ minLength: 1, maxLength: 40, description: 'One emoji.' }),
});
export const MemberParams = strictObject({ chatId: Uuid, userId: Uuid });
export const InviteParams = strictObject({ chatId: Uuid, inviteId: Uuid });
export const CodeParams = strictObject({ code: Type.String({ minLength: 22, maxLength: 22, pattern: '^[\\w-]+$' }) });

export const DeleteMessageQuery = strictObject({
  for: Type.Optional(enumOf(['me', 'everyone'] as const, { description: '`me` when left out.' })),
});
export const RemoveMemberQuery = strictObject({
  ban: Type.Optional(Type.Boolean({ description: 'Nor may they come back, by invitation or link.' })),
});
export const SearchQuery = strictObject({
  ...pageQuery,
  q: Type.String({ minLength: 2, maxLength: 200, description: 'Words; "in quotes" a phrase; -word leaves out.' }),
  chatId: Type.Optional(Uuid),
  from: Type.Optional(Type.String({ format: 'uuid', description: 'Only messages of this author.' })),
  since: Type.Optional(TimestampInput),
  until: Type.Optional(TimestampInput),
});

export const HistoryQuery = strictObject({
  before: Type.Optional(Type.Integer({ ...Seq, description: 'Messages with a smaller `seq`, nearest first.' })),
  after: Type.Optional(Type.Integer({ ...Rev, description: 'Messages with a greater `seq`.' })),
  around: Type.Optional(Type.Integer({ ...Seq, description: 'Messages on both sides of this one, and itself.' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 50 })),
});
export const ChangesQuery = strictObject({
  since: Type.Integer({ ...Rev, description: 'The last `rev` that the client has; 0 for all.' }),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 100 })),
});
