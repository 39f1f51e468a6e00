import { type Static, Type } from 'typebox';
import { platforms } from '#modules/games/index.ts';
import { Card, regions, voices } from '#modules/profiles/index.ts';
import { pageOf, pageQuery } from '#platform/paging.ts';
import {
  enumOf,
  model,
  openEnum,
  ref,
  Slug,
  strictObject,
  Timestamp,
  TimestampInput,
  Uuid,
} from '#platform/schemas.ts';

export const partyStates = ['open', 'full', 'started', 'finished', 'cancelled'] as const;
const applicationStates = ['pending', 'accepted', 'declined', 'withdrawn', 'expired'] as const;
const parts = ['host', 'member', 'applicant', 'visitor'] as const;

export const TITLE_LENGTH = 80;
export const NOTE_LENGTH = 500;
export const MODE_LENGTH = 60;
export const APPLICATION_NOTE_LENGTH = 300;
/** Of a game whose catalogue entry does not say how many play together. */
export const DEFAULT_PARTY_SIZE = 10;
export const MAX_PARTY_SIZE = 50;

const line = (length: number, description: string) =>
  Type.String({ minLength: 1, maxLength: length * 8, description: `${description} At most ${length} characters.` });

const slotFields = {
  role: Type.Optional({ ...Slug, description: 'A role of the game.' }),
  minRank: Type.Optional({ ...Slug, description: 'A rank of its ladder.' }),
  maxRank: Type.Optional(Slug),
};
export const PartySlotBody = model(
  'PartySlotBody',
  strictObject(slotFields, { description: 'What a place in the team asks of who takes it; nothing, when empty.' }),
);

const partyFields = {
  title: line(TITLE_LENGTH, 'Also the title of the chat.'),
  note: Type.Optional(Type.String({ maxLength: NOTE_LENGTH * 8, description: `At most ${NOTE_LENGTH} characters.` })),
  mode: Type.Optional(line(MODE_LENGTH, 'What is played: `ranked`, `raid`, in your own words.')),
  startsAt: Type.Optional({
    ...TimestampInput,
    description: 'From a minute to 14 days from now. Without it the party starts as soon as it is full.',
  }),
  languages: Type.Optional(
    Type.Array(Type.String({ pattern: '^[a-z]{2,3}$' }), {
      maxItems: 10,
      uniqueItems: true,
      description: 'Base subtags, such as `ru`: one of them is needed. None: any will do.',
    }),
  ),
  platform: Type.Optional(enumOf(platforms)),
  region: Type.Optional(enumOf(regions)),
  voice: Type.Optional(enumOf(voices)),
  slots: Type.Array(ref(PartySlotBody), {
    minItems: 2,
    maxItems: MAX_PARTY_SIZE,
    description: 'All places of the team; the first is the one that the host takes.',
  }),
};

export const PartyBody = model('PartyBody', strictObject({ gameId: Slug, ...partyFields }));
export type PartyBody = Static<typeof PartyBody>;

export const clearable = ['note', 'mode', 'startsAt', 'platform', 'region', 'voice'] as const;
export const PartyPatch = model(
  'PartyPatch',
  strictObject(
    {
      ...partyFields,
      title: Type.Optional(partyFields.title),
      slots: Type.Optional(partyFields.slots),
      state: Type.Optional(
        enumOf(['started', 'finished'], {
          description: '`started`: nobody joins any more, and the play begins. `finished`: it is over.',
        }),
      ),
      clear: Type.Optional(Type.Array(enumOf(clearable), { maxItems: clearable.length, uniqueItems: true })),
    },
    { description: 'What to change; fields that are absent stay as they are. After the start only `state`.' },
  ),
);
export type PartyPatch = Static<typeof PartyPatch>;

const PartySlot = model(
  'PartySlot',
  Type.Object({ index: Type.Integer({ description: 'From 0.' }), ...slotFields, isTaken: Type.Boolean() }),
);
const PartyMember = model(
  'PartyMember',
  Type.Object({ user: ref(Card), slot: Type.Integer(), isHost: Type.Boolean(), joinedAt: Timestamp }),
);

export const PartyApplication = model(
  'PartyApplication',
  Type.Object({
    applicationId: Uuid,
    partyId: Uuid,
    user: Type.Optional({ ...ref(Card), description: 'Who applies; the host alone is told.' }),
    slot: Type.Optional(Type.Integer({ description: 'The place asked for; absent: any.' })),
    note: Type.Optional(Type.String()),
    state: openEnum(applicationStates, {
      description: 'As the caller may know it: who applied is never told of a refusal, the application just expires.',
    }),
    createdAt: Timestamp,
  }),
);
export const PartyApplicationPage = model('PartyApplicationPage', pageOf(ref(PartyApplication)));

export const Party = model(
  'Party',
  Type.Object(
    {
      partyId: Uuid,
      gameId: Slug,
      title: Type.Optional(Type.String({ description: 'Guests do not read what people wrote.' })),
      note: Type.Optional(Type.String()),
      mode: Type.Optional(Type.String()),
      state: openEnum(partyStates),
      startsAt: Type.Optional(Timestamp),
      startedAt: Type.Optional(Timestamp),
      endedAt: Type.Optional(Timestamp),
      languages: Type.Array(Type.String()),
      platform: Type.Optional(openEnum(platforms)),
      region: Type.Optional(openEnum(regions)),
      voice: Type.Optional(openEnum(voices)),
      slots: Type.Array(ref(PartySlot)),
      size: Type.Integer(),
      memberCount: Type.Integer(),
      members: Type.Array(ref(PartyMember), {
        description: 'Who is in it, as far as the caller may see them; none for guests.',
      }),
      myPart: openEnum(parts),
      application: Type.Optional({ ...ref(PartyApplication), description: 'The caller’s own, the latest.' }),
      chatId: Type.Optional({ ...Uuid, description: 'For members.' }),
      createdAt: Timestamp,
    },
    { description: 'An open team, as the caller sees it.' },
  ),
);
export type Party = Static<typeof Party>;

export const ApplicationBody = model(
  'PartyApplicationBody',
  strictObject({
    slot: Type.Optional(Type.Integer({ minimum: 0, maximum: MAX_PARTY_SIZE - 1, description: 'The place wanted.' })),
    note: Type.Optional(
      Type.String({
        maxLength: APPLICATION_NOTE_LENGTH * 8,
        description: `At most ${APPLICATION_NOTE_LENGTH} characters.`,
      }),
    ),
  }),
);
export type ApplicationBody = Static<typeof ApplicationBody>;

export const PartyParams = strictObject({ partyId: Uuid });
export const ApplicationParams = strictObject({ partyId: Uuid, applicationId: Uuid });
export const MemberParams = strictObject({ partyId: Uuid, userId: Uuid });
export const ApplicationsQuery = strictObject(pageQuery);
