import { Type } from 'typebox';
import { pageOf } from '#platform/paging.ts';
import { model, openEnum, ref, strictObject, Uuid } from '#platform/schemas.ts';
import { Chat, ChatState } from './chats.ts';
import { Rev, Seq } from './messages.ts';

export const MAX_SYNC_CHATS = 1_000;

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
      description: 'Messages that the caller has deleted for themself, 1,000 at most.',
    }),
    hasMoreHidden: Type.Boolean({ description: 'There are more of them: sync again with the new `cursor`.' }),
    cursor: Type.String({ description: 'For the next sync.' }),
  }),
);

export const ReadBody = model('ReadBody', strictObject({ seq: Seq }));

export const ChangesQuery = strictObject({
  since: Type.Integer({ ...Rev, description: 'The last `rev` that the client has; 0 for all.' }),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 100 })),
});
