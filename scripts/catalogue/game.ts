import { type Static, Type } from 'typebox';

export const platforms = ['windows', 'mac', 'linux', 'playstation', 'xbox', 'switch', 'ios', 'android', 'web'] as const;
export const modes = ['co_op', 'pvp', 'mmo', 'cross_platform'] as const;

export type Platform = (typeof platforms)[number];
export type Mode = (typeof modes)[number];

const slugSchema = Type.String({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 64 });
const text = Type.String({ minLength: 1, maxLength: 120 });
const strict = { additionalProperties: false };

const namedSlugSchema = Type.Object({ slug: slugSchema, name: Type.Object({ en: text, ru: text }, strict) }, strict);

/** A line of `games.ndjson`. `popularity` is linear: 1,000,000 is the most played game. `ladder` runs lowest first. */
export const gameSchema = Type.Object(
  {
    slug: slugSchema,
    name: Type.Object({ en: text, ru: Type.Optional(text) }, strict),
    aliases: Type.Array(text, { maxItems: 24 }),
    year: Type.Optional(Type.Integer({ minimum: 1970, maximum: 2100 })),
    genres: Type.Array(slugSchema, { minItems: 1, maxItems: 4 }),
    platforms: Type.Array(Type.Enum(platforms), { minItems: 1 }),
    modes: Type.Array(Type.Enum(modes)),
    partySize: Type.Optional(Type.Object({ max: Type.Integer({ minimum: 2, maximum: 100 }) }, strict)),
    popularity: Type.Integer({ minimum: 0, maximum: 1_000_000 }),
    ladder: Type.Optional(Type.Array(namedSlugSchema, { minItems: 2, maxItems: 40 })),
    roles: Type.Optional(Type.Array(namedSlugSchema, { minItems: 2, maxItems: 16 })),
    steamAppId: Type.Optional(Type.Integer({ minimum: 1 })),
  },
  strict,
);

export const genreSchema = Type.Object(
  {
    slug: slugSchema,
    name: Type.Object({ en: text, ru: text }, strict),
    steamTags: Type.Array(text),
    steamGenres: Type.Array(text),
  },
  strict,
);

/** A hand-made entry: a whole game, or only the fields that differ from the generated game of the same slug or app id. */
export const handmadeGameSchema = Type.Evaluate(
  Type.Intersect([Type.Pick(gameSchema, ['slug']), Type.Partial(Type.Omit(gameSchema, ['slug']))]),
);

export type Game = Static<typeof gameSchema>;
export type Genre = Static<typeof genreSchema>;
export type HandmadeGame = Static<typeof handmadeGameSchema>;
