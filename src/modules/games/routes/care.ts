import { type Door, door } from '#platform/door.ts';
import { createGame } from '../actions/create-game.ts';
import { createGenre } from '../actions/create-genre.ts';
import { deleteGame } from '../actions/delete-game.ts';
import { deleteGenre } from '../actions/delete-genre.ts';
import { mergeGame } from '../actions/merge-game.ts';
import { updateGame } from '../actions/update-game.ts';
import { updateGenre } from '../actions/update-genre.ts';
import { gameInUse, gameNotFound, genreInUse, genreNotFound, sameGame, slugTaken } from '../errors.ts';
import {
  Game,
  GameBody,
  GameParams,
  GamePatch,
  Genre,
  GenreBody,
  GenreParams,
  GenrePatch,
  MergeGameBody,
} from '../schemas.ts';
import type { GamesTools } from '../tools.ts';

const tag = 'administration';
const access = 'catalogue.manage';

/** How the staff keep the catalogue. */
export const careRoutes = (tools: GamesTools): Door[] => [
  door({
    operationId: 'createGame',
    method: 'POST',
    path: '/v1/admin/games',
    tag,
    summary: 'Put a game into the catalogue',
    description: 'On every server within seconds. New versions of the program leave it alone.',
    access,
    body: GameBody,
    status: 201,
    answer: Game,
    problems: [slugTaken],
    example: {
      body: {
        gameId: 'star-courier',
        name: { en: 'Star Courier', ru: 'Звёздный курьер' },
        aliases: ['курьер'],
        genres: ['shooter'],
        platforms: ['windows'],
        modes: ['co_op'],
        maxPartySize: 4,
        ladder: [{ slug: 'bronze', name: { en: 'Bronze', ru: 'Бронза' } }],
      },
    },
    handle: ({ actor, body }) => createGame(tools, actor, body),
  }),
  door({
    operationId: 'updateGame',
    method: 'PATCH',
    path: '/v1/admin/games/{gameId}',
    tag,
    summary: 'Change a game of the catalogue',
    description:
      'New versions of the program leave it alone from then on. Ranks and roles that are gone from the lists are no longer ' +
      'shown on profiles; the search takes the new ladder within the hour.',
    access,
    params: GameParams,
    body: GamePatch,
    status: 200,
    answer: Game,
    problems: [gameNotFound],
    example: { body: { aliases: ['дота', 'дотка'], popularity: 900_000, clear: ['year'] } },
    handle: ({ actor, params, body }) => updateGame(tools, actor, params.gameId, body),
  }),
  door({
    operationId: 'deleteGame',
    method: 'DELETE',
    path: '/v1/admin/games/{gameId}',
    tag,
    summary: 'Take out a game that nobody plays',
    description: 'One that stands on profiles is merged into another instead. The id is never given again.',
    access,
    params: GameParams,
    status: 204,
    problems: [gameNotFound, gameInUse],
    handle: ({ actor, params }) => deleteGame(tools, actor, params.gameId),
  }),
  door({
    operationId: 'mergeGame',
    method: 'POST',
    path: '/v1/admin/games/{gameId}/merge',
    tag,
    summary: 'Make one game of two entries',
    description:
      'The game of the address goes and `intoGameId` stays, with the names and aliases of the other among its aliases; the old ' +
      'id leads to it from then on and is never given again. Profiles, saved searches and teammate requests follow within seconds. Of somebody who has both, the better ' +
      'level and the most hours are kept; ranks and roles are kept where the game that stays knows them.',
    access,
    params: GameParams,
    body: MergeGameBody,
    status: 200,
    answer: Game,
    problems: [gameNotFound, sameGame],
    example: { body: { intoGameId: 'counter-strike-2' } },
    handle: ({ actor, params, body }) => mergeGame(tools, actor, params.gameId, body.intoGameId),
  }),
  door({
    operationId: 'createGenre',
    method: 'POST',
    path: '/v1/admin/genres',
    tag,
    summary: 'Add a genre',
    access,
    body: GenreBody,
    status: 201,
    answer: Genre,
    problems: [slugTaken],
    example: { body: { genreId: 'extraction', name: { en: 'Extraction shooter', ru: 'Шутер с эвакуацией' } } },
    handle: ({ actor, body }) => createGenre(tools, actor, body),
  }),
  door({
    operationId: 'updateGenre',
    method: 'PATCH',
    path: '/v1/admin/genres/{genreId}',
    tag,
    summary: 'Name a genre anew',
    access,
    params: GenreParams,
    body: GenrePatch,
    status: 200,
    answer: Genre,
    problems: [genreNotFound],
    example: { body: { name: { en: 'Shooter', ru: 'Стрелялка' } } },
    handle: ({ actor, params, body }) => updateGenre(tools, actor, params.genreId, body),
  }),
  door({
    operationId: 'deleteGenre',
    method: 'DELETE',
    path: '/v1/admin/genres/{genreId}',
    tag,
    summary: 'Take out a genre that no game has',
    description: 'Profiles and saved searches forget it. The id is never given again.',
    access,
    params: GenreParams,
    status: 204,
    problems: [genreNotFound, genreInUse],
    handle: ({ actor, params }) => deleteGenre(tools, actor, params.genreId),
  }),
];
