import { userNotFound } from '#modules/accounts/index.ts';
import { type Door, door } from '#platform/door.ts';
import { createSavedSearch } from './actions/create-saved-search.ts';
import { deleteSavedSearch } from './actions/delete-saved-search.ts';
import { explainFit } from './actions/explain-fit.ts';
import { listSavedSearches } from './actions/list-saved-searches.ts';
import { listTeammates } from './actions/list-teammates.ts';
import { savedSearchNotFound, tooManySavedSearches } from './errors.ts';
import {
  FitParams,
  SavedSearch,
  SavedSearchBody,
  SavedSearches,
  SavedSearchParams,
  TeammateFit,
  TeammatePage,
  TeammatesQuery,
} from './schemas.ts';
import type { SearchTools } from './tools.ts';

const tag = 'teammates';

export const searchRoutes = (tools: SearchTools): Door[] => [
  door({
    operationId: 'listTeammates',
    method: 'GET',
    path: '/v1/teammates',
    tag,
    summary: 'Teammates, from most to least suitable',
    description:
      'Ranked by shared games, time, language, region, genres, platform, voice, rating and activity, with reasons. The first page fixes the order of the first 120 people for ten minutes, the page that first reaches beyond them that of the rest. At most 500 people. Filters are hard, except region and platform, which give way when fewer than ten people are left, as do recent activity and the common game: `widened` names what did. Guests see the first twenty, adults only, without what people wrote, contacts and hours.',
    access: 'teammates.search',
    limit: 'search',
    query: TeammatesQuery,
    status: 200,
    answer: TeammatePage,
    handle: ({ actor, query }) => listTeammates(tools, actor, query),
  }),
  door({
    operationId: 'explainFit',
    method: 'GET',
    path: '/v1/teammates/{userId}/fit',
    tag,
    summary: 'Why this person fits',
    access: 'teammates.search',
    limit: 'search',
    params: FitParams,
    status: 200,
    answer: TeammateFit,
    problems: [userNotFound],
    handle: ({ actor, params }) => explainFit(tools, actor, params.userId),
  }),
  door({
    operationId: 'createSavedSearch',
    method: 'POST',
    path: '/v1/me/saved-searches',
    tag,
    summary: 'Be told when somebody new fits well',
    description:
      'Told at most three times a day, never between 22:00 and 09:00 by the clocks of the profile, and never twice of one person in 30 days. At most ten.',
    access: 'teammates.save-search',
    body: SavedSearchBody,
    example: { body: { name: 'Dota in the evening', filters: { game: ['dota-2'], language: ['ru'] } } },
    status: 201,
    answer: SavedSearch,
    isIdempotentByKey: true,
    problems: [tooManySavedSearches],
    handle: ({ actor, body, exchange }) => createSavedSearch(tools, actor, body, exchange.header('idempotency-key')),
  }),
  door({
    operationId: 'listSavedSearches',
    method: 'GET',
    path: '/v1/me/saved-searches',
    tag,
    summary: 'The caller’s saved searches',
    access: 'teammates.save-search',
    status: 200,
    answer: SavedSearches,
    handle: ({ actor }) => listSavedSearches(tools, actor),
  }),
  door({
    operationId: 'deleteSavedSearch',
    method: 'DELETE',
    path: '/v1/me/saved-searches/{savedSearchId}',
    tag,
    summary: 'Forget a saved search',
    access: 'teammates.save-search',
    params: SavedSearchParams,
    status: 204,
    problems: [savedSearchNotFound],
    handle: ({ actor, params }) => deleteSavedSearch(tools, actor, params.savedSearchId),
  }),
];
