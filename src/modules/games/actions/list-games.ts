import { type Static, Type } from 'typebox';
import { DEFAULT_LIMIT } from '#platform/paging.ts';
import type { Game, GamePage, GamesQuery } from '../schemas.ts';
import type { GamesTools } from '../tools.ts';

const Place = Type.Object({ fit: Type.Number(), popularity: Type.Integer(), gameId: Type.String() });
type Place = Static<typeof Place>;

/** Games that fit, best first: by how well the name fits, then by popularity. */
export async function listGames(
  { catalogue, cursors }: GamesTools,
  { query, genre, platform, limit = DEFAULT_LIMIT, cursor }: Static<typeof GamesQuery>,
): Promise<Static<typeof GamePage>> {
  const purpose = `listGames:${JSON.stringify([query, genre, platform])}`;
  const { games, names } = catalogue();
  const found = query === undefined ? games.map((game) => ({ game, fit: 0 })) : names.search(query);
  const after = cursor === undefined ? undefined : cursors.open(purpose, Place, cursor);
  const rest = found.filter(
    ({ game, fit }) =>
      (genre === undefined || game.genres.includes(genre)) &&
      (platform === undefined || game.platforms.includes(platform)) &&
      (after === undefined || isBefore(after, placeOf(game, fit))),
  );
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(({ game }) => game),
    ...(last && rest.length > limit && { nextCursor: cursors.seal(purpose, placeOf(last.game, last.fit)) }),
  };
}

const placeOf = ({ popularity, gameId }: Game, fit: number): Place => ({ fit, popularity, gameId });

function isBefore(a: Place, b: Place): boolean {
  if (a.fit !== b.fit) return a.fit < b.fit;
  return a.popularity === b.popularity ? a.gameId < b.gameId : a.popularity > b.popularity;
}
