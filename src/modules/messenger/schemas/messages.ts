import { Type } from 'typebox';
import { Attachment, mediaKinds } from '#modules/media/index.ts';
import { pageOf, pageQuery } from '#platform/paging.ts';
import { enumOf, model, openEnum, ref, strictObject, Timestamp, TimestampInput, Uuid } from '#platform/schemas.ts';
import { serviceActions } from '../tables.ts';
import { Poll } from './polls.ts';

export const MAX_TEXT_LENGTH = 4_000;

export const MAX_FORWARDED = 20;

export const MAX_MENTIONS = 50;

export const MAX_ATTACHMENTS = 10;

export const Seq = Type.Integer({ minimum: 1, maximum: 2_147_483_647 });

export const Rev = Type.Integer({ minimum: 0, maximum: 2_147_483_647 });

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

export const ForwardInput = model(
  'ForwardInput',
  strictObject({
    chatId: Uuid,
    seqs: Type.Array(Seq, { minItems: 1, maxItems: MAX_FORWARDED, uniqueItems: true }),
  }),
);

export const AttachmentInput = model('AttachmentInput', strictObject({ mediaId: Uuid }));

export const messageBody = {
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

export const EditMessageBody = model(
  'EditMessageBody',
  strictObject({
    text: Type.String({ minLength: 1, maxLength: MAX_TEXT_LENGTH }),
    mentions: Type.Optional(
      Type.Array(Uuid, {
        maxItems: MAX_MENTIONS,
        uniqueItems: true,
        description: 'Instead of those mentioned by id until now, who stay when this is left out.',
      }),
    ),
  }),
);

export const Reaction = model('Reaction', Type.Object({ userId: Uuid, emoji: Type.String() }));

export const ReactorPage = model('ReactorPage', pageOf(ref(Reaction)));

export const MessageParams = strictObject({ chatId: Uuid, seq: Seq });

export const ReactionParams = strictObject({
  chatId: Uuid,
  seq: Seq,
  emoji: Type.String({ minLength: 1, maxLength: 40, description: 'One emoji.' }),
});

export const DeleteMessageQuery = strictObject({
  for: Type.Optional(enumOf(['me', 'everyone'] as const, { description: '`me` when left out.' })),
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
