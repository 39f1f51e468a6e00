import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { enumOf, Slug } from '#platform/schemas.ts';
import { gameModes, MAX_POPULARITY, platforms } from './schemas.ts';

const Name = Type.Object({ en: Type.String({ minLength: 1 }), ru: Type.Optional(Type.String({ minLength: 1 })) });
const Steps = Type.Array(Type.Object({ slug: Slug, name: Name }));

const ShippedGame = Type.Object({
  slug: Slug,
  name: Name,
  aliases: Type.Array(Type.String({ minLength: 1 })),
  year: Type.Optional(Type.Integer()),
  genres: Type.Array(Slug),
  platforms: Type.Array(enumOf(platforms)),
  modes: Type.Array(enumOf(gameModes)),
  partySize: Type.Optional(Type.Object({ max: Type.Integer({ minimum: 1 }) })),
  popularity: Type.Integer({ minimum: 0, maximum: MAX_POPULARITY }),
  ladder: Type.Optional(Steps),
  roles: Type.Optional(Steps),
  steamAppId: Type.Optional(Type.Integer()),
});
const ShippedGenre = Type.Object({ slug: Slug, name: Name });

export type ShippedCatalogue = {
  filesHash: string;
  games: Static<typeof ShippedGame>[];
  genres: Static<typeof ShippedGenre>[];
};

/** The catalogue that comes with the program: `games.ndjson` and `genres.json` of a folder. Throws when they are not whole. */
export async function readShippedCatalogue(folder: URL): Promise<ShippedCatalogue> {
  const [games, genres] = await Promise.all([
    readFile(new URL('games.ndjson', folder), 'utf8'),
    readFile(new URL('genres.json', folder), 'utf8'),
  ]);
  const lines = games.split('\n').filter(Boolean);
  return {
    filesHash: createHash('sha256').update(games).update('\0').update(genres).digest('hex'),
    games: lines.map((line): Static<typeof ShippedGame> => Value.Parse(ShippedGame, JSON.parse(line))),
    genres: Value.Parse(Type.Array(ShippedGenre), JSON.parse(genres)),
  };
}
