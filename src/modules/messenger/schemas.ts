import { Type } from 'typebox';
import { frameRef } from '#platform/frames.ts';
import { pageOf } from '#platform/paging.ts';
import { enumOf, model, openEnum, ref, strictObject, Timestamp, Uuid } from '#platform/schemas.ts';

export const MAX_TEXT_LENGTH = 4_000;
export const MAX_SYNC_CHATS = 1_000;

const Seq = Type.Integer({ minimum: 1, maximum: 2_147_483_647 });
const Rev = Type.Integer({ minimum: 0, maximum: 2_147_483_647 });

export const Message = model(
  'Message',
  Type.Object({
    chatId: Uuid,
    seq: Type.Integer({ description: 'The number of the message in its chat, from 1, without gaps.' }),
    rev: Type.Integer({ description: 'The place of its latest change in the line of changes of the chat.' }),
    authorId: Uuid,
    clientId: Uuid,
    text: Type.String(),
    createdAt: Timestamp,
    editedAt: Type.Optional(Timestamp),
    deletedAt: Type.Optional(Timestamp),
  }),
);

export const Chat = model(
  'Chat',
  Type.Object({
    chatId: Uuid,
    kind: enumOf(['direct', 'group'] as const),
    memberIds: Type.Array(Uuid),
    seq: Type.Integer({ description: 'The number of the newest message; 0 while there is none.' }),
    rev: Type.Integer({ description: 'The number of the newest change.' }),
    readSeq: Type.Integer({ description: 'Up to where the caller has read.' }),
    unread: Type.Integer({ description: 'Messages of others after `readSeq`.' }),
    lastMessage: Type.Optional(ref(Message)),
    lastActivityAt: Timestamp,
  }),
);

export const ChatPage = model('ChatPage', pageOf(ref(Chat)));

export const MessageList = model(
  'MessageList',
  Type.Object(
    { items: Type.Array(ref(Message)), hasMore: Type.Boolean() },
    { description: 'By rising `seq`. `hasMore`: there are more in the direction that was asked for.' },
  ),
);

export const ReadState = model('ReadState', Type.Object({ chatId: Uuid, userId: Uuid, readSeq: Type.Integer() }));

export const changeTypes = ['message.created', 'message.updated', 'message.deleted'] as const;

export const Change = model(
  'Change',
  Type.Object(
    { type: openEnum(changeTypes), chatId: Uuid, rev: Type.Integer(), data: ref(Message) },
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
      description: 'What the client has: chat id → its last `rev`.',
      propertyNames: { format: 'uuid' },
      additionalProperties: { type: 'integer', minimum: 0, maximum: 2_147_483_647 },
      maxProperties: MAX_SYNC_CHATS,
    }),
  }),
);

export const SyncResult = model(
  'SyncResult',
  Type.Object({
    changed: Type.Array(ref(ChangeList)),
    appeared: Type.Array(ref(Chat), { description: 'Chats that the client did not name.' }),
    vanished: Type.Array(Uuid, { description: 'Chats that the caller may not read (any more).' }),
  }),
);

const messageBody = {
  clientId: Type.String({ format: 'uuid', description: 'Made by the client: the same id is the same message.' }),
  text: Type.String({ minLength: 1, maxLength: MAX_TEXT_LENGTH, description: 'Up to 4,000 characters.' }),
};

export const SendMessageBody = model('SendMessageBody', strictObject(messageBody));
export const SendFrame = model(
  'SendFrame',
  strictObject({
    op: Type.Unsafe<'send'>({ type: 'string', enum: ['send'] }),
    chatId: Uuid,
    ...messageBody,
    ...frameRef,
  }),
);

export const ReadBody = model('ReadBody', strictObject({ seq: Seq }));
export const ReadFrame = model(
  'ReadFrame',
  strictObject({ op: Type.Unsafe<'read'>({ type: 'string', enum: ['read'] }), chatId: Uuid, seq: Seq, ...frameRef }),
);
export const TypingFrame = model(
  'TypingFrame',
  strictObject({ op: Type.Unsafe<'typing'>({ type: 'string', enum: ['typing'] }), chatId: Uuid, ...frameRef }),
);

export const ChatParams = strictObject({ chatId: Uuid });
export const PeerParams = strictObject({ userId: Uuid });

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
