import { userNotFound } from '#modules/accounts/index.ts';
import { type Door, door } from '#platform/door.ts';
import { explainFit } from './actions/explain-fit.ts';
import { listTeammates } from './actions/list-teammates.ts';
import { FitParams, TeammateFit, TeammatePage, TeammatesQuery } from './schemas.ts';
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
      'Ranked by shared games, time, language, region, genres, platform, voice, rating and activity, with reasons. The first page fixes the order for ten minutes. At most 500 people.',
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
];
