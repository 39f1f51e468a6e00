import { type Static, Type } from 'typebox';
import { pageOf, pageQuery } from '#platform/paging.ts';
import { enumOf, model, openEnum, ref, strictObject, Timestamp, Uuid } from '#platform/schemas.ts';

export const qualities = ['play', 'communication', 'reliability', 'friendliness'] as const;
export const ratingTags = [
  'calm',
  'funny',
  'helpful',
  'leads_well',
  'learns_fast',
  'on_time',
  'good_shotcaller',
  'plays_for_team',
  'late',
  'leaves_early',
  'rude',
  'silent',
] as const;

const stars = Type.Integer({ minimum: 1, maximum: 5, description: '1 to 5 stars.' });
const Stars = { play: stars, communication: stars, reliability: stars, friendliness: stars };

export const RatingBody = model(
  'RatingBody',
  strictObject({
    ...Stars,
    tags: Type.Optional(
      Type.Array(enumOf(ratingTags), { maxItems: ratingTags.length, description: `At most ${ratingTags.length}.` }),
    ),
  }),
);
export type RatingBody = Static<typeof RatingBody>;

const given = {
  ratingId: Uuid,
  play: Type.Integer(),
  communication: Type.Integer(),
  reliability: Type.Integer(),
  friendliness: Type.Integer(),
  tags: Type.Array(openEnum(ratingTags)),
  givenAt: Timestamp,
};

export const GivenRating = model(
  'GivenRating',
  Type.Object(
    {
      ...given,
      isRevealed: Type.Boolean({ description: 'The other can see it: both gave theirs, or seven days have passed.' }),
    },
    { description: 'What the caller gave.' },
  ),
);

export const ReceivedRating = model(
  'ReceivedRating',
  Type.Object({ ...given, fromUserId: Uuid }, { description: 'What the caller was given and may see.' }),
);
export const ReceivedRatingPage = model('ReceivedRatingPage', pageOf(ref(ReceivedRating)));

const TagCount = model('TagCount', Type.Object({ tag: openEnum(ratingTags), count: Type.Integer() }));
const QualityMeans = model(
  'QualityMeans',
  Type.Object({
    play: Type.Number(),
    communication: Type.Number(),
    reliability: Type.Number(),
    friendliness: Type.Number(),
  }),
);

export const UserRatings = model(
  'UserRatings',
  Type.Object(
    {
      count: Type.Integer({ description: 'Ratings that count; below three nothing else is told.' }),
      mean: Type.Optional(Type.Number({ description: '1..5, see docs/ratings.md.' })),
      qualities: Type.Optional(ref(QualityMeans)),
      tags: Type.Array(ref(TagCount), { description: 'The most frequent first.' }),
      given: Type.Optional(ref(GivenRating)),
      mayRate: Type.Boolean({ description: 'The caller has played with this person and may give or change a rating.' }),
    },
    { description: 'How others rate a person.' },
  ),
);

export const UserParams = strictObject({ userId: Uuid });
export const PageQuery = strictObject(pageQuery);
