import { type Door, door } from '#platform/door.ts';
import { repeatedText } from '#platform/text-rules.ts';
import { acceptPartyApplication } from './actions/accept-party-application.ts';
import { cancelParty } from './actions/cancel-party.ts';
import { createParty } from './actions/create-party.ts';
import { createPartyApplication } from './actions/create-party-application.ts';
import { declinePartyApplication } from './actions/decline-party-application.ts';
import { getParty } from './actions/get-party.ts';
import { listPartyApplications } from './actions/list-party-applications.ts';
import { removePartyMember } from './actions/remove-party-member.ts';
import { updateParty } from './actions/update-party.ts';
import { withdrawPartyApplication } from './actions/withdraw-party-application.ts';
import {
  alreadyApplied,
  alreadyInParty,
  applicationClosed,
  applicationNotFound,
  applicationQuotaReached,
  applicationsClosed,
  hostOnly,
  memberNotFound,
  partyClosed,
  partyFull,
  partyNotFound,
  partyNotStarted,
  partyQuotaReached,
  partyTooSmall,
} from './errors.ts';
import {
  ApplicationBody,
  ApplicationParams,
  ApplicationsQuery,
  MemberParams,
  Party,
  PartyApplication,
  PartyApplicationPage,
  PartyBody,
  PartyParams,
  PartyPatch,
} from './schemas.ts';
import type { PartiesTools } from './tools.ts';

const tag = 'parties';

export const partiesRoutes = (tools: PartiesTools): Door[] => [...teamRoutes(tools), ...applicationRoutes(tools)];

const teamRoutes = (tools: PartiesTools): Door[] => [
  door({
    operationId: 'createParty',
    method: 'POST',
    path: '/v1/parties',
    tag,
    summary: 'Open a party: a team that looks for people',
    description:
      'The caller is its host, in the first place of the team, and owns its group chat. With a start time it starts then, ' +
      'without one as soon as it is full; alone, or after three hours of waiting alone, it is cancelled. At most three at a ' +
      'time and twenty a day.',
    access: 'parties.write',
    body: PartyBody,
    status: 201,
    answer: Party,
    isIdempotentByKey: true,
    problems: [partyQuotaReached],
    example: {
      body: {
        gameId: 'dota-2',
        title: 'Evening ranked',
        mode: 'ranked',
        languages: ['ru'],
        slots: [{ role: 'carry' }, { role: 'hard-support', minRank: 'archon' }],
      },
    },
    handle: ({ actor, body, exchange }) => createParty(tools, actor, body, exchange.header('idempotency-key')),
  }),
  door({
    operationId: 'getParty',
    method: 'GET',
    path: '/v1/parties/{partyId}',
    tag,
    summary: 'One party',
    description: 'Guests see no names and none of what people wrote.',
    access: 'parties.read',
    params: PartyParams,
    status: 200,
    answer: Party,
    problems: [partyNotFound],
    handle: ({ actor, params }) => getParty(tools, actor, params.partyId),
  }),
  door({
    operationId: 'updateParty',
    method: 'PATCH',
    path: '/v1/parties/{partyId}',
    tag,
    summary: 'Change, start or finish a party',
    access: 'parties.write',
    params: PartyParams,
    body: PartyPatch,
    status: 200,
    answer: Party,
    problems: [partyNotFound, hostOnly, partyClosed, partyNotStarted, partyTooSmall],
    example: { body: { note: 'Two games, then sleep.', clear: ['platform'] } },
    handle: ({ actor, params, body }) => updateParty(tools, actor, params.partyId, body),
  }),
  door({
    operationId: 'cancelParty',
    method: 'DELETE',
    path: '/v1/parties/{partyId}',
    tag,
    summary: 'Call a party off before its start',
    access: 'parties.own',
    params: PartyParams,
    status: 204,
    problems: [partyNotFound, hostOnly, partyClosed],
    handle: ({ actor, params }) => cancelParty(tools, actor, params.partyId),
  }),
  door({
    operationId: 'removePartyMember',
    method: 'DELETE',
    path: '/v1/parties/{partyId}/members/{userId}',
    tag,
    summary: 'Leave a party, or remove somebody from one’s own',
    description:
      'The person leaves its chat, too. A host who leaves is followed by whoever has been there longest; with its last ' +
      'member the party ends. Whom the host removed may not apply again.',
    access: 'parties.own',
    params: MemberParams,
    status: 204,
    problems: [partyNotFound, hostOnly, memberNotFound, partyClosed],
    handle: ({ actor, params }) => removePartyMember(tools, actor, params),
  }),
];

const applicationRoutes = (tools: PartiesTools): Door[] => [
  door({
    operationId: 'createPartyApplication',
    method: 'POST',
    path: '/v1/parties/{partyId}/applications',
    tag,
    summary: 'Apply to a party',
    access: 'parties.write',
    params: PartyParams,
    body: ApplicationBody,
    status: 201,
    answer: PartyApplication,
    isIdempotentByKey: true,
    problems: [
      partyNotFound,
      partyClosed,
      partyFull,
      alreadyApplied,
      alreadyInParty,
      applicationsClosed,
      applicationQuotaReached,
      repeatedText,
    ],
    example: { body: { slot: 1, note: 'Archon, I have played support for years.' } },
    handle: ({ actor, params, body, exchange }) =>
      createPartyApplication(tools, actor, params.partyId, body, exchange.header('idempotency-key')),
  }),
  door({
    operationId: 'listPartyApplications',
    method: 'GET',
    path: '/v1/parties/{partyId}/applications',
    tag,
    summary: 'Applications that wait for the host',
    access: 'parties.own',
    params: PartyParams,
    query: ApplicationsQuery,
    status: 200,
    answer: PartyApplicationPage,
    problems: [partyNotFound, hostOnly],
    handle: ({ actor, params, query }) => listPartyApplications(tools, actor, params.partyId, query),
  }),
  door({
    operationId: 'acceptPartyApplication',
    method: 'POST',
    path: '/v1/parties/{partyId}/applications/{applicationId}/accept',
    tag,
    summary: 'Take the applicant into the party',
    description: 'At the place that they asked for when it is free, else at the first that is.',
    access: 'parties.write',
    params: ApplicationParams,
    status: 200,
    answer: Party,
    problems: [partyNotFound, hostOnly, applicationNotFound, applicationClosed, partyClosed, partyFull],
    handle: ({ actor, params }) => acceptPartyApplication(tools, actor, params),
  }),
  door({
    operationId: 'declinePartyApplication',
    method: 'POST',
    path: '/v1/parties/{partyId}/applications/{applicationId}/decline',
    tag,
    summary: 'Decline an application; the applicant is not told',
    access: 'parties.own',
    params: ApplicationParams,
    status: 204,
    problems: [partyNotFound, hostOnly, applicationNotFound, applicationClosed],
    handle: ({ actor, params }) => declinePartyApplication(tools, actor, params),
  }),
  door({
    operationId: 'withdrawPartyApplication',
    method: 'DELETE',
    path: '/v1/parties/{partyId}/applications/{applicationId}',
    tag,
    summary: 'Take an application back',
    access: 'parties.own',
    params: ApplicationParams,
    status: 204,
    problems: [applicationNotFound, applicationClosed],
    handle: ({ actor, params }) => withdrawPartyApplication(tools, actor, params),
  }),
];
