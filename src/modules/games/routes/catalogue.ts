import { type Door, door } from '#platform/door.ts';
import { getGame } from '../actions/get-game.ts';
import { listGames } from '../actions/list-games.ts';
import { listGenres } from '../actions/list-genres.ts';
import { gameNotFound } from '../errors.ts';
import { Game, GamePage, GameParams, GamesQuery, GenreList } from '../schemas.ts';
import type { GamesTools } from '../tools.ts';

const tag = 'games';

/** What everybody reads. */
export const catalogueRoutes = (tools: GamesTools): Door[] => [
  door({
    operationId: 'listGames',
    method: 'GET',
    path: '/v1/games',
    tag,
    summary: 'Find games of the catalogue',
    description:
      'By beginnings of words in Russian and English names and aliases; typos, the wrong keyboard layout and Russian ' +
      'spellings of English names are understood. Best fits first, then the most popular.',
    access: 'catalogue.read',
    query: GamesQuery,
    status: 200,
    answer: GamePage,
    limit: 'catalogue',
    hasEtag: true,
    handle: ({ query }) => listGames(tools, query),
  }),
  door({
    operationId: 'getGame',
    method: 'GET',
    path: '/v1/games/{gameId}',
    tag,
    summary: 'One game with its ladder and roles',
    description:
      'The id of a game that was merged into another goes on working: the answer is that other one, with its own id.',
    access: 'catalogue.read',
    params: GameParams,
    status: 200,
    answer: Game,
    problems: [gameNotFound],
    hasEtag: true,
    handle: ({ params }) => getGame(tools, params.gameId),
  }),
  door({
    operationId: 'listGenres',
    method: 'GET',
    path: '/v1/genres',
    tag,
    summary: 'All genres',
    access: 'catalogue.read',
    status: 200,
    answer: GenreList,
    hasEtag: true,
    handle: () => listGenres(tools),
  }),
];
