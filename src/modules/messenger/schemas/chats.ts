import { Type } from 'typebox';
import { Picture } from '#modules/media/index.ts';
import { pageOf, pageQuery } from '#platform/paging.ts';
import { enumOf, model, openEnum, ref, strictObject, Timestamp, TimestampInput, Uuid } from '#platform/schemas.ts';
import { levels, memberRoles } from '../rights.ts';
import { MAX_TEXT_LENGTH, Message, Seq } from './messages.ts';

export const MAX_TITLE_LENGTH = 100;

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

const Title = Type.String({ minLength: 1, maxLength: MAX_TITLE_LENGTH });

export const NewcomerHistory = Type.Integer({
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
