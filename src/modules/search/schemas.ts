import { Type } from 'typebox';
import { ageBands } from '#modules/accounts/index.ts';
import { platforms } from '#modules/games/index.ts';
import { Card, playStyles, regions, voices } from '#modules/profiles/index.ts';
import { pageQuery } from '#platform/paging.ts';
import { enumOf, model, openEnum, ref, Slug, strictObject, Timestamp, Uuid } from '#platform/schemas.ts';
import { softFilters } from './score/engine.ts';
import { reasonKinds } from './score/reasons.ts';

export const FitReason = model(
  'FitReason',
  Type.Object(
    {
      kind: openEnum(reasonKinds),
      weight: Type.Number({ description: '0..1: how much of the highest score it brought.' }),
      share: Type.Optional(Type.Number({ description: '0..1, of `shared_games`: the play time that both share.' })),
      games: Type.Optional(Type.Array(Slug)),
      genres: Type.Optional(Type.Array(Slug)),
      languages: Type.Optional(Type.Array(Type.String())),
      platforms: Type.Optional(Type.Array(Type.String())),
      region: Type.Optional(Type.String()),
      hoursPerWeek: Type.Optional(Type.Integer({ description: 'Hours a week that both are free.' })),
      ratingMean: Type.Optional(Type.Number()),
    },
    { description: 'One cause of a place in the list; the app puts it into words.' },
  ),
);

export const Teammate = model(
  'Teammate',
  Type.Object({
    user: ref(Card),
    score: Type.Number({ description: '0..1' }),
    reasons: Type.Array(ref(FitReason), { description: 'Largest first.' }),
  }),
);

export const TeammatePage = model(
  'TeammatePage',
  Type.Object({
    items: Type.Array(ref(Teammate)),
    nextCursor: Type.Optional(Type.String()),
    rankingVersion: Type.String({ description: 'The weights that made this order; see docs/search.md.' }),
    widened: Type.Array(openEnum(softFilters), {
      description: 'Wishes that were given up because too few passed, in this order.',
    }),
  }),
);

const ScorePart = model(
  'ScorePart',
  Type.Object({
    name: Type.String({
      description:
        '`games`, `time`, `language`, `region`, `genres`, `platform`, `voice`, `playStyle`; `standing` is rating, recent ' +
        'activity and the boost of newcomers, less what unanswered requests take.',
    }),
    value: Type.Number({ description: 'Of the whole score, 0..1.' }),
  }),
);

export const TeammateFit = model(
  'TeammateFit',
  Type.Object({
    userId: Uuid,
    score: Type.Number({ description: '0..1' }),
    reasons: Type.Array(ref(FitReason)),
    parts: Type.Array(ref(ScorePart)),
    rankingVersion: Type.String(),
  }),
);

const several = { maxItems: 20, uniqueItems: true };

const filters = {
  game: Type.Optional(Type.Array(Slug, { ...several, description: 'Plays one of these.' })),
  genre: Type.Optional(Type.Array(Slug, several)),
  language: Type.Optional(
    Type.Array(Type.String({ pattern: '^[a-z]{2,3}$' }), { ...several, description: 'Base subtags, such as `ru`.' }),
  ),
  platform: Type.Optional(Type.Array(enumOf(platforms), several)),
  region: Type.Optional(Type.Array(enumOf(regions), several)),
  voice: Type.Optional(enumOf(voices, { description: '`yes` and `no` accept `sometimes` too.' })),
  playStyle: Type.Optional(enumOf(playStyles)),
  minRating: Type.Optional(Type.Number({ minimum: 1, maximum: 5 })),
  minRank: Type.Optional({ ...Slug, description: 'A rank of the ladder of the one `game` asked for.' }),
  maxRank: Type.Optional(Slug),
  ageBand: Type.Optional(Type.Array(enumOf(ageBands), several)),
};

export const TeammatesQuery = strictObject({
  ...filters,
  online: Type.Optional(
    Type.Boolean({ description: 'Who lets nobody or only teammates know that they are online is never online here.' }),
  ),
  availableAt: Type.Optional(
    Type.String({ format: 'date-time', maxLength: 40, description: 'Free in this hour of the week.' }),
  ),
  ...pageQuery,
});

export const NAME_LENGTH = 60;

export const SavedFilters = model('SavedFilters', strictObject(filters, { description: 'As of `GET /v1/teammates`.' }));
/** The same as told: it may grow. */
const ToldFilters = model('ToldFilters', Type.Object(filters, { description: 'As of `GET /v1/teammates`.' }));

export const SavedSearchBody = model(
  'SavedSearchBody',
  strictObject({
    name: Type.String({
      minLength: 1,
      maxLength: NAME_LENGTH * 8,
      description: `One line of at most ${NAME_LENGTH} characters.`,
    }),
    filters: ref(SavedFilters),
  }),
);

export const SavedSearch = model(
  'SavedSearch',
  Type.Object({
    savedSearchId: Uuid,
    name: Type.String(),
    filters: ref(ToldFilters),
    createdAt: Timestamp,
  }),
);

export const SavedSearches = model(
  'SavedSearches',
  Type.Object({ items: Type.Array(ref(SavedSearch), { description: 'Oldest first; at most ten.' }) }),
);

export const SavedSearchParams = strictObject({ savedSearchId: Uuid });

export const FitParams = strictObject({ userId: Uuid });
