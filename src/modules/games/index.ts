/**
 * Games own the catalogue: games with their ladders, team roles and platforms, and genres. It ships with the program;
 * staff edits live in the database and outlast new versions. Each node keeps all of it in memory.
 * Offers: a game by id, whether a genre exists, all games. Announces: catalogue changed. Listens to nobody else.
 */
import type { Database } from '#platform/database.ts';
import type { Door } from '#platform/door.ts';
import type { Cursors } from '#platform/paging.ts';
import type { Relay } from '#platform/relay.ts';
import { loadCatalogue } from './actions/load-catalogue.ts';
import { createCatalogue, emptyCatalogue } from './catalogue.ts';
import { catalogueChanged } from './events.ts';
import { presentGame, presentGenre } from './present.ts';
import { findGames, findGenres } from './queries.ts';
import { gamesRoutes } from './routes.ts';
import type { Game } from './schemas.ts';

export { gameNotFound } from './errors.ts';
export { catalogueChanged } from './events.ts';
export { type Game, LocalName, NamedStep, platforms } from './schemas.ts';

export type Games = {
  routes: readonly Door[];
  /** Call once at start, before anything asks: loads what ships, fills the memory of this node and keeps it fresh. */
  loadCatalogue(): Promise<void>;
  getGame(gameId: string): Game | undefined;
  isGenre(genreId: string): boolean;
  /** The most popular first. */
  listGames(): readonly Game[];
};

const SHIPPED = new URL('../../../data/catalogue/', import.meta.url);

export function createGames(options: {
  db: Database;
  relay: Pick<Relay, 'announce' | 'position' | 'follow'>;
  cursors: Cursors;
  catalogueFolder?: URL;
}): Games {
  const { db, relay, cursors, catalogueFolder = SHIPPED } = options;
  let catalogue = emptyCatalogue;
  const tools = { db, announce: relay.announce, cursors, catalogue: () => catalogue };

  async function readCatalogue() {
    const [games, genres] = await Promise.all([findGames(db.read), findGenres(db.read)]);
    catalogue = createCatalogue(games.map(presentGame), genres.map(presentGenre));
  }

  return {
    routes: gamesRoutes(tools),
    async loadCatalogue() {
      await loadCatalogue(tools, catalogueFolder);
      const from = await relay.position();
      await readCatalogue();
      relay.follow({ name: 'games.catalogue', on: [catalogueChanged], from, handle: readCatalogue });
    },
    getGame: (gameId) => catalogue.findGame(gameId),
    isGenre: (genreId) => catalogue.hasGenre(genreId),
    listGames: () => catalogue.games,
  };
}
