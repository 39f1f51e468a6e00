import { type Static, Type } from 'typebox';
import { platforms } from '#modules/games/index.ts';
import { Party } from '#modules/parties/index.ts';
import { Card, regions, voices } from '#modules/profiles/index.ts';
import { pageQuery } from '#platform/paging.ts';
import { enumOf, model, openEnum, ref, Slug, strictObject } from '#platform/schemas.ts';
import { FitReason } from './schemas.ts';
import { partyReasonKinds } from './score/party-score.ts';

const several = { maxItems: 20, uniqueItems: true };

export const PartiesQuery = strictObject({
  mine: Type.Optional(
    Type.Boolean({ description: 'The parties that the caller is in, the latest first; takes no filters.' }),
  ),
  game: Type.Optional(Type.Array(Slug, { ...several, description: 'Of one of these games.' })),
  language: Type.Optional(
    Type.Array(Type.String({ pattern: '^[a-z]{2,3}$' }), { ...several, description: 'Base subtags, such as `ru`.' }),
  ),
  platform: Type.Optional(Type.Array(enumOf(platforms), several)),
  region: Type.Optional(Type.Array(enumOf(regions), several)),
  voice: Type.Optional(enumOf(voices)),
  startsBefore: Type.Optional(
    Type.String({ format: 'date-time', maxLength: 40, description: 'Who starts when full starts before any moment.' }),
  ),
  ...pageQuery,
});
export type PartiesQuery = Static<typeof PartiesQuery>;

const PartyReason = model(
  'PartyReason',
  Type.Object(
    {
      kind: openEnum(partyReasonKinds, {
        description:
          '`people`: who is in it. `requirements`: what it asks for, met. `start`: it starts soon, or once it is full.',
      }),
      weight: Type.Number({ description: '0..1: how much of the highest score it brought.' }),
      slots: Type.Optional(
        Type.Array(Type.Integer(), { description: 'Of `requirements`: the free places that would suit the caller.' }),
      ),
    },
    { description: 'One cause of a place in the list of parties.' },
  ),
);

const RankedParty = model(
  'RankedParty',
  Type.Object({
    party: ref(Party),
    score: Type.Optional(Type.Number({ description: '0..1; absent with `mine`.' })),
    reasons: Type.Array(ref(PartyReason), { description: 'Largest first.' }),
    fit: Type.Array(ref(FitReason), { description: 'Why the host suits the caller, largest first.' }),
  }),
);

export const PartyPage = model(
  'PartyPage',
  Type.Object({ items: Type.Array(ref(RankedParty)), nextCursor: Type.Optional(Type.String()) }),
);

const PartyCandidate = model(
  'PartyCandidate',
  Type.Object({
    user: ref(Card),
    score: Type.Number({ description: '0..1: what they are worth to the member whom they suit least.' }),
    slots: Type.Array(Type.Integer(), { description: 'The free places that would suit them.' }),
    reasons: Type.Array(ref(FitReason), { description: 'Why they suit the host, largest first.' }),
  }),
);
export const PartyCandidates = model(
  'PartyCandidates',
  Type.Object({ items: Type.Array(ref(PartyCandidate)), rankingVersion: Type.String() }),
);

export const CandidatesQuery = strictObject({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 50, default: 20 })),
});
