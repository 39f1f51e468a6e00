import { type Door, door } from '#platform/door.ts';
import { acceptGameSuggestion } from '../actions/accept-game-suggestion.ts';
import { declineGameSuggestion } from '../actions/decline-game-suggestion.ts';
import { listGameSuggestions } from '../actions/list-game-suggestions.ts';
import { listMyGameSuggestions } from '../actions/list-my-game-suggestions.ts';
import { suggestGame } from '../actions/suggest-game.ts';
import { slugTaken, suggestionDecided, suggestionNotFound } from '../errors.ts';
import {
  AcceptSuggestionBody,
  DeclineSuggestionBody,
  GameSuggestionBody,
  GameSuggestionPage,
  MissedGame,
  MissedGamePage,
  PageQuery,
  SuggestedGame,
  SuggestionParams,
  SuggestionsQuery,
} from '../schemas.ts';
import type { GamesTools } from '../tools.ts';

/** Games that the catalogue lacks: players name them, the staff decide. */
export const suggestionRoutes = (tools: GamesTools): Door[] => [
  door({
    operationId: 'suggestGame',
    method: 'POST',
    path: '/v1/game-suggestions',
    tag: 'games',
    summary: 'Suggest a game that the catalogue lacks',
    description:
      'The answer holds `suggestion`, or `game` when the catalogue has it under this name or alias. Everybody who names the ' +
      'same game supports the same suggestion; naming it again replaces what the caller said of it.',
    access: 'catalogue.suggest',
    limit: 'game_suggestion',
    body: GameSuggestionBody,
    status: 200,
    answer: SuggestedGame,
    example: { body: { name: 'Star Courier', comment: 'Came out last week', platforms: ['windows'] } },
    handle: ({ actor, body }) => suggestGame(tools, actor, body),
  }),
  door({
    operationId: 'listMyGameSuggestions',
    method: 'GET',
    path: '/v1/me/game-suggestions',
    tag: 'games',
    summary: 'What the caller suggested, and what became of it',
    access: 'catalogue.suggest',
    query: PageQuery,
    status: 200,
    answer: GameSuggestionPage,
    handle: ({ actor, query }) => listMyGameSuggestions(tools, actor, query),
  }),
  door({
    operationId: 'listGameSuggestions',
    method: 'GET',
    path: '/v1/moderation/game-suggestions',
    tag: 'administration',
    summary: 'Games that players miss, the most wanted first',
    access: 'catalogue.manage',
    query: SuggestionsQuery,
    status: 200,
    answer: MissedGamePage,
    handle: ({ query }) => listGameSuggestions(tools, query),
  }),
  door({
    operationId: 'acceptGameSuggestion',
    method: 'POST',
    path: '/v1/moderation/game-suggestions/{suggestionId}/accept',
    tag: 'administration',
    summary: 'Take a suggested game into the catalogue',
    description: '`game` is a new one; `gameId` says that it is this one of the catalogue. Exactly one of both.',
    access: 'catalogue.manage',
    params: SuggestionParams,
    body: AcceptSuggestionBody,
    status: 200,
    answer: MissedGame,
    problems: [suggestionNotFound, suggestionDecided, slugTaken],
    example: { body: { gameId: 'dota-2' } },
    handle: ({ actor, params, body }) => acceptGameSuggestion(tools, actor, params.suggestionId, body),
  }),
  door({
    operationId: 'declineGameSuggestion',
    method: 'POST',
    path: '/v1/moderation/game-suggestions/{suggestionId}/decline',
    tag: 'administration',
    summary: 'Decline a suggested game',
    description: 'Those who suggested it read the reason.',
    access: 'catalogue.manage',
    params: SuggestionParams,
    body: DeclineSuggestionBody,
    status: 200,
    answer: MissedGame,
    problems: [suggestionNotFound, suggestionDecided],
    example: { body: { reason: 'It is for one player only.' } },
    handle: ({ actor, params, body }) => declineGameSuggestion(tools, actor, params.suggestionId, body),
  }),
];
