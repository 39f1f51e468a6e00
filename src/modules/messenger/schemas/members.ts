import { Type } from 'typebox';
import { pageOf } from '#platform/paging.ts';
import { enumOf, model, ref, strictObject, Timestamp, Uuid } from '#platform/schemas.ts';
import { memberRoles } from '../rights.ts';

export const MAX_MEMBERS = 1_000;

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

export const MemberParams = strictObject({ chatId: Uuid, userId: Uuid });

export const RemoveMemberQuery = strictObject({
  ban: Type.Optional(Type.Boolean({ description: 'Nor may they come back, by invitation or link.' })),
});
