import { Type } from 'typebox';
import { Picture } from '#modules/media/index.ts';
import { pageOf } from '#platform/paging.ts';
import { model, openEnum, ref, strictObject, Timestamp, Uuid } from '#platform/schemas.ts';
import { Chat, NewcomerHistory } from './chats.ts';

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
    photoId: Type.Optional(
      Type.String({ format: 'uuid', description: 'Links to it: `photo`; it has no other to whoever is no member.' }),
    ),
    photo: Type.Optional(ref(Picture)),
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

export const InviteParams = strictObject({ chatId: Uuid, inviteId: Uuid });

export const CodeParams = strictObject({ code: Type.String({ minLength: 22, maxLength: 22, pattern: '^[\\w-]+$' }) });
