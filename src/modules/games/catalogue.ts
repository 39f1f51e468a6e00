import { createNameIndex, type NameIndex } from './name-index.ts';
import type { Game, Genre } from './schemas.ts';

/** All games and genres in memory: a few thousand, read at every request, changed a few times a year. */
export type Catalogue = {
  readonly genres: readonly Genre[];
  /** The most popular first; equally popular ones by id. */
  readonly games: readonly Game[];
  readonly names: NameIndex;
  /** By its id, or by that of a game that was merged into it. */
  findGame(gameId: string): Game | undefined;
  hasGenre(genreId: string): boolean;
};

/** `merged`: by the id of each game that is no more, the one that it was merged into. */
export function createCatalogue(
  games: readonly Game[],
  genres: readonly Genre[],
  merged: ReadonlyMap<string, string>,
): Catalogue {
  const sorted = games.toSorted((a, b) => b.popularity - a.popularity || (a.gameId < b.gameId ? -1 : 1));
  const gamesById = new Map(games.map((game) => [game.gameId, game]));
  const genreIds = new Set(genres.map(({ genreId }) => genreId));
  return {
    genres,
    games: sorted,
    names: createNameIndex(sorted),
    findGame: (gameId) => gamesById.get(merged.get(gameId) ?? gameId),
    hasGenre: (genreId) => genreIds.has(genreId),
  };
}

export const emptyCatalogue: Catalogue = createCatalogue([], [], new Map());
