/**
 * Games own the catalogue: games with their ladders, team roles and platforms, and genres. It ships with the program;
 * staff edits live in the database and outlast new versions; players suggest what is missing. Each node keeps all of it in memory.
 * Offers: a game by id, whether a genre exists, all games, and suggestions to whoever moderates them. Announces: catalogue changed, game merged, genre deleted.
 * Listens to accounts: who is erased has suggested nothing.
 */
import type { Static } from 'typebox';
import type { Queryable, Tx } from '#platform/database.ts';
import type { Door } from '#platform/door.ts';
import type { Listener } from '#platform/events.ts';
import type { Exporter } from '#platform/exports.ts';
import type { Relay } from '#platform/relay.ts';
import { loadCatalogue } from './actions/load-catalogue.ts';
import { createCatalogue, emptyCatalogue } from './catalogue.ts';
import { catalogueChanged } from './events.ts';
import { createGamesExporter } from './exporter.ts';
import { holdGame } from './hold-game.ts';
import { gamesListeners } from './listeners.ts';
import { presentGame, presentGenre } from './present.ts';
import { findGames, findGenres, findMergedGames } from './queries/catalogue.ts';
import { refuseSuggestion } from './refuse-suggestion.ts';
import { findReportableSuggestion } from './reportable-suggestion.ts';
import { careRoutes } from './routes/care.ts';
import { catalogueRoutes } from './routes/catalogue.ts';
import { suggestionRoutes } from './routes/suggestions.ts';
import type { Game, MissedGame } from './schemas.ts';
import type { GamesTools } from './tools.ts';

export { gameNotFound } from './errors.ts';
export { gameMerged, genreDeleted } from './events.ts';
export { type Game, LocalName, NamedStep, platforms } from './schemas.ts';

export type Games = {
  routes: readonly Door[];
  /** What is held here about a person. */
  exporter: Exporter;
  listeners: readonly Listener[];
  /** Call once at start, before anything asks: loads what ships, fills the memory of this node and keeps it fresh. */
  loadCatalogue(): Promise<void>;
  /** By its id, or by that of a game that was merged into it. */
  getGame(gameId: string): Game | undefined;
  /** The same by the database, and kept there until the transaction ends: for what is written of it. */
  holdGame(tx: Tx, gameId: string): Promise<Game | undefined>;
  isGenre(genreId: string): boolean;
  /** The most popular first. */
  listGames(): readonly Game[];
  /** As the staff see it, and who named the game first; nothing when nobody misses it any more. */
  findSuggestion(
    db: Queryable,
    suggestionId: string,
  ): Promise<{ suggestion: Static<typeof MissedGame>; firstSuggesterId: string } | undefined>;
  /** Declines it on behalf of the moderators and takes away what was written beside it; what is decided stays decided. */
  refuseSuggestion(tx: Tx, suggestionId: string): Promise<void>;
};

const SHIPPED = new URL('../../../data/catalogue/', import.meta.url);

export function createGames(
  options: Omit<GamesTools, 'announce' | 'catalogue'> & {
    relay: Pick<Relay, 'announce' | 'position' | 'follow'>;
    catalogueFolder?: URL;
  },
): Games {
  const { db, relay, catalogueFolder = SHIPPED } = options;
  let catalogue = emptyCatalogue;
  const tools: GamesTools = { ...options, announce: relay.announce, catalogue: () => catalogue };

  async function readCatalogue() {
    const [games, genres, merged] = await Promise.all([
      findGames(db.read),
      findGenres(db.read),
      findMergedGames(db.read),
    ]);
    const successors = new Map(merged.map(({ slug, into_game_id }) => [slug, into_game_id ?? slug]));
    catalogue = createCatalogue(games.map(presentGame), genres.map(presentGenre), successors);
  }

  return {
    routes: [...catalogueRoutes(tools), ...careRoutes(tools), ...suggestionRoutes(tools)],
    exporter: createGamesExporter(tools),
    listeners: gamesListeners(),
    async loadCatalogue() {
      await loadCatalogue(tools, catalogueFolder);
      const from = await relay.position();
      await readCatalogue();
      relay.follow({ name: 'games.catalogue', on: [catalogueChanged], from, handle: readCatalogue });
    },
    getGame: (gameId) => catalogue.findGame(gameId),
    holdGame,
    isGenre: (genreId) => catalogue.hasGenre(genreId),
    listGames: () => catalogue.games,
    findSuggestion: (reader, suggestionId) => findReportableSuggestion(reader, suggestionId, catalogue),
    refuseSuggestion: (tx, suggestionId) => refuseSuggestion(tools, tx, suggestionId),
  };
}
