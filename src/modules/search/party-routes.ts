import { hostOnly, PartyParams, partyNotFound } from '#modules/parties/index.ts';
import { type Door, door } from '#platform/door.ts';
import { listParties } from './actions/list-parties.ts';
import { listPartyCandidates } from './actions/list-party-candidates.ts';
import { CandidatesQuery, PartiesQuery, PartyCandidates, PartyPage } from './party-schemas.ts';
import type { SearchTools } from './tools.ts';

const tag = 'parties';

export const partyRoutes = (tools: SearchTools): Door[] => [
  door({
    operationId: 'listParties',
    method: 'GET',
    path: '/v1/parties',
    tag,
    summary: 'Open parties, from most to least suitable; or one’s own',
    description:
      'Ranked by how well the caller and everybody in a party suit each other, by what it asks for and by how soon it starts. ' +
      'The first page fixes the order for ten minutes. A party that asks for nothing in some respect passes every filter ' +
      'there. Guests see the first twenty, of adults, without names and words.',
    access: 'parties.read',
    limit: 'search',
    query: PartiesQuery,
    status: 200,
    answer: PartyPage,
    handle: ({ actor, query }) => listParties(tools, actor, query),
  }),
  door({
    operationId: 'listPartyCandidates',
    method: 'GET',
    path: '/v1/parties/{partyId}/candidates',
    tag,
    summary: 'People who would suit the caller’s party',
    description: 'They suit everybody who is in it, and at least one of its free places. They are asked as anybody is.',
    access: 'parties.own',
    limit: 'search',
    params: PartyParams,
    query: CandidatesQuery,
    status: 200,
    answer: PartyCandidates,
    problems: [partyNotFound, hostOnly],
    handle: ({ actor, params, query }) => listPartyCandidates(tools, actor, params.partyId, query.limit),
  }),
];
