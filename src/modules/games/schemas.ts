import { type Static, Type } from 'typebox';
import { pageOf, pageQuery } from '#platform/paging.ts';
import { enumOf, model, openEnum, ref, Slug, strictObject, Timestamp, Uuid } from '#platform/schemas.ts';

export const platforms = ['windows', 'mac', 'linux', 'playstation', 'xbox', 'switch', 'ios', 'android', 'web'] as const;
export const gameModes = ['co_op', 'pvp', 'mmo', 'cross_platform'] as const;

export const MAX_POPULARITY = 1_000_000;

export const LocalName = model(
  'LocalName',
  Type.Object(
    { en: Type.String(), ru: Type.Optional(Type.String()) },
    { description: 'A name by language; Russian is absent where people use the English one.' },
  ),
);

export const NamedStep = model('NamedStep', Type.Object({ slug: Slug, name: ref(LocalName) }));

export const Game = model(
  'Game',
  Type.Object({
    gameId: Slug,
    name: ref(LocalName),
    aliases: Type.Array(Type.String(), { description: 'What people also call it.' }),
    year: Type.Optional(Type.Integer({ description: 'Of the first release.' })),
    genres: Type.Array(Slug),
    platforms: Type.Array(openEnum(platforms)),
    modes: Type.Array(openEnum(gameModes)),
    maxPartySize: Type.Optional(Type.Integer({ description: 'How many can play together as one team.' })),
    popularity: Type.Integer({ description: `0..${MAX_POPULARITY}; only good for comparing.` }),
    ladder: Type.Array(ref(NamedStep), { description: 'Ranks, the lowest first; empty when the game has none.' }),
    roles: Type.Array(ref(NamedStep), { description: 'Roles in a team; empty when the game has none.' }),
    steamAppId: Type.Optional(Type.Integer()),
  }),
);
export type Game = Static<typeof Game>;

export const Genre = model('Genre', Type.Object({ genreId: Slug, name: ref(LocalName) }));
export type Genre = Static<typeof Genre>;

export const GamePage = model('GamePage', pageOf(ref(Game)));
export const GenreList = model('GenreList', Type.Object({ items: Type.Array(ref(Genre)) }));

export const GamesQuery = strictObject({
  query: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 60,
      description: 'Beginnings of words of a name or alias, Russian or English; small typos are forgiven.',
    }),
  ),
  genre: Type.Optional(Slug),
  platform: Type.Optional(enumOf(platforms)),
  ...pageQuery,
});

export const GameParams = strictObject({ gameId: Slug });

const nameLine = (description: string) => Type.String({ minLength: 1, maxLength: 100, description });

export const LocalNameBody = model(
  'LocalNameBody',
  strictObject({ en: nameLine(''), ru: Type.Optional(nameLine('Only where people do not use the English one.')) }),
);
export type LocalNameBody = Static<typeof LocalNameBody>;

export const NamedStepBody = model('NamedStepBody', strictObject({ slug: Slug, name: ref(LocalNameBody) }));
export type NamedStepBody = Static<typeof NamedStepBody>;

const gameFields = {
  name: ref(LocalNameBody),
  aliases: Type.Array(nameLine(''), { maxItems: 50 }),
  year: Type.Integer({ minimum: 1950, maximum: 2100, description: 'Of the first release.' }),
  genres: Type.Array(Slug, { minItems: 1, maxItems: 20 }),
  platforms: Type.Array(enumOf(platforms), { minItems: 1, maxItems: platforms.length }),
  modes: Type.Array(enumOf(gameModes), { maxItems: gameModes.length }),
  maxPartySize: Type.Integer({ minimum: 1, maximum: 1_000 }),
  popularity: Type.Integer({ minimum: 0, maximum: MAX_POPULARITY }),
  ladder: Type.Array(ref(NamedStepBody), { maxItems: 100, description: 'Ranks, the lowest first.' }),
  roles: Type.Array(ref(NamedStepBody), { maxItems: 50 }),
  steamAppId: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }),
};

const { name, genres: genresOfGame, platforms: platformsOfGame, ...optionalFields } = gameFields;

export const GameBody = model(
  'GameBody',
  strictObject({
    gameId: { ...Slug, description: 'Never changes, and is never given to another game.' },
    name,
    genres: genresOfGame,
    platforms: platformsOfGame,
    ...Type.Partial(Type.Object(optionalFields)).properties,
  }),
);
export type GameBody = Static<typeof GameBody>;

const clearable = ['year', 'maxPartySize', 'steamAppId'] as const;

export const GamePatch = model(
  'GamePatch',
  strictObject(
    {
      ...Type.Partial(Type.Object(gameFields)).properties,
      clear: Type.Optional(Type.Array(enumOf(clearable), { maxItems: clearable.length })),
    },
    { description: 'What to change; fields that are absent stay as they are, lists are replaced as a whole.' },
  ),
);
export type GamePatch = Static<typeof GamePatch>;

export const MergeGameBody = model(
  'MergeGameBody',
  strictObject({ intoGameId: { ...Slug, description: 'The game that stays.' } }),
);

export const GenreBody = model('GenreBody', strictObject({ genreId: Slug, name: ref(LocalNameBody) }));
export const GenrePatch = model('GenrePatch', strictObject({ name: ref(LocalNameBody) }));
export const GenreParams = strictObject({ genreId: Slug });

const suggestionStates = ['pending', 'accepted', 'declined'] as const;

export const GameSuggestionBody = model(
  'GameSuggestionBody',
  strictObject({
    name: nameLine('As people call it.'),
    comment: Type.Optional(Type.String({ maxLength: 500, description: 'For the staff.' })),
    platforms: Type.Optional(Type.Array(enumOf(platforms), { maxItems: platforms.length })),
  }),
);

const decisionFields = {
  state: openEnum(suggestionStates),
  gameId: Type.Optional({ ...Slug, description: 'What it was accepted as.' }),
  reason: Type.Optional(Type.String({ description: 'Why it was declined.' })),
  decidedAt: Type.Optional(Timestamp),
};

export const GameSuggestion = model(
  'GameSuggestion',
  Type.Object({
    suggestionId: Uuid,
    name: Type.String(),
    comment: Type.Optional(Type.String()),
    platforms: Type.Array(openEnum(platforms)),
    createdAt: Timestamp,
    ...decisionFields,
  }),
);
export const GameSuggestionPage = model('GameSuggestionPage', pageOf(ref(GameSuggestion)));

export const SuggestedGame = model(
  'SuggestedGame',
  Type.Object(
    { game: Type.Optional(ref(Game)), suggestion: Type.Optional(ref(GameSuggestion)) },
    { description: 'The game, when the catalogue has it; the suggestion otherwise.' },
  ),
);

export const MissedGame = model(
  'MissedGame',
  Type.Object(
    {
      suggestionId: Uuid,
      name: Type.String(),
      supporters: Type.Integer({ description: 'How many people suggested it.' }),
      platforms: Type.Array(openEnum(platforms), { description: 'All that they named.' }),
      comments: Type.Array(Type.String(), { description: 'The first ten.' }),
      createdAt: Timestamp,
      ...decisionFields,
    },
    { description: 'A suggested game as the staff see it.' },
  ),
);
export const MissedGamePage = model('MissedGamePage', pageOf(ref(MissedGame)));

export const AcceptSuggestionBody = model(
  'AcceptSuggestionBody',
  strictObject({ gameId: Type.Optional(Slug), game: Type.Optional(ref(GameBody)) }),
);
export const DeclineSuggestionBody = model(
  'DeclineSuggestionBody',
  strictObject({ reason: Type.String({ minLength: 1, maxLength: 500, description: 'For those who suggested it.' }) }),
);

export const PageQuery = strictObject(pageQuery);
export const SuggestionsQuery = strictObject({ state: Type.Optional(enumOf(suggestionStates)), ...pageQuery });
export const SuggestionParams = strictObject({ suggestionId: Uuid });
