import { Type } from 'typebox';
import { pageOf, pageQuery } from '#platform/paging.ts';
import { enumOf, model, openEnum, ref, Slug, strictObject, Timestamp, Uuid } from '#platform/schemas.ts';

export const whoMayWrite = ['everyone', 'teammates', 'nobody'] as const;
export const requestStates = ['pending', 'accepted', 'declined', 'expired', 'withdrawn'] as const;
export const directions = ['incoming', 'outgoing'] as const;

export const MAX_BLOCKS = 5_000;
export const MAX_HIDDEN = 5_000;
export const NOTE_LENGTH = 300;

const ListedPerson = model(
  'ListedPerson',
  Type.Object(
    { userId: Uuid, username: Type.String(), addedAt: Timestamp },
    { description: 'Somebody on a list of the caller’s, by the present name.' },
  ),
);
export const ListedPersonPage = model('ListedPersonPage', pageOf(ref(ListedPerson)));

export const TeammateRequest = model(
  'TeammateRequest',
  Type.Object({
    requestId: Uuid,
    direction: enumOf(directions),
    userId: { ...Uuid, description: 'The other person.' },
    gameId: Type.Optional(Slug),
    note: Type.Optional(Type.String()),
    state: openEnum(requestStates, {
      description: 'As the caller may know it: who asked is never told of a refusal, the request just expires.',
    }),
    createdAt: Timestamp,
    expiresAt: Timestamp,
  }),
);

export const TeammateRequestBody = model(
  'TeammateRequestBody',
  strictObject({
    userId: Uuid,
    gameId: Type.Optional({ ...Slug, description: 'The game that it is about.' }),
    note: Type.Optional(Type.String({ maxLength: NOTE_LENGTH * 8, description: `At most ${NOTE_LENGTH} characters.` })),
  }),
);

export const Privacy = model(
  'Privacy',
  Type.Object({
    whoMayWrite: enumOf(whoMayWrite, {
      description:
        '`everyone`: strangers ask first. `teammates`: strangers can neither ask nor write. `nobody`: nor do teammates begin.',
    }),
  }),
);
export const PrivacyPatch = model('PrivacyPatch', strictObject({ whoMayWrite: Type.Optional(enumOf(whoMayWrite)) }));

export const PeopleQuery = strictObject(pageQuery);
export const PersonParams = strictObject({ userId: Uuid });
export const RequestParams = strictObject({ requestId: Uuid });
