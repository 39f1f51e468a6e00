import { userNotFound } from '#modules/accounts/index.ts';
import { type Door, door } from '#platform/door.ts';
import { repeatedText } from '#platform/text-rules.ts';
import { acceptTeammateRequest } from './actions/accept-teammate-request.ts';
import { blockUser } from './actions/block-user.ts';
import { createTeammateRequest } from './actions/create-teammate-request.ts';
import { declineTeammateRequest } from './actions/decline-teammate-request.ts';
import { getPrivacy } from './actions/get-privacy.ts';
import { hideUser } from './actions/hide-user.ts';
import { listBlocks } from './actions/list-blocks.ts';
import { listHidden } from './actions/list-hidden.ts';
import { removeTeammate } from './actions/remove-teammate.ts';
import { unblockUser } from './actions/unblock-user.ts';
import { unhideUser } from './actions/unhide-user.ts';
import { updatePrivacy } from './actions/update-privacy.ts';
import { withdrawTeammateRequest } from './actions/withdraw-teammate-request.ts';
import {
  alreadyRequested,
  alreadyTeammates,
  requestClosed,
  requestNotFound,
  requestQuotaReached,
  requestsClosed,
  tooManyPeople,
} from './errors.ts';
import {
  ListedPersonPage,
  PeopleQuery,
  PersonParams,
  Privacy,
  PrivacyPatch,
  RequestParams,
  TeammateRequest,
  TeammateRequestBody,
} from './schemas.ts';
import type { RelationshipsTools } from './tools.ts';

const tag = 'relationships';

export const relationshipsRoutes = (tools: RelationshipsTools): Door[] => [
  ...listRoutes(tools),
  ...requestRoutes(tools),
  door({
    operationId: 'getPrivacy',
    method: 'GET',
    path: '/v1/me/privacy',
    tag,
    summary: 'Who may write to the caller',
    access: 'relationships.read',
    status: 200,
    answer: Privacy,
    handle: ({ actor }) => getPrivacy(tools, actor),
  }),
  door({
    operationId: 'updatePrivacy',
    method: 'PATCH',
    path: '/v1/me/privacy',
    tag,
    summary: 'Decide who may write to the caller',
    access: 'relationships.guard',
    body: PrivacyPatch,
    status: 200,
    answer: Privacy,
    example: { body: { whoMayWrite: 'teammates' } },
    handle: ({ actor, body }) => updatePrivacy(tools, actor, body),
  }),
];

const listRoutes = (tools: RelationshipsTools): Door[] => [
  door({
    operationId: 'blockUser',
    method: 'PUT',
    path: '/v1/me/blocks/{userId}',
    tag,
    summary: 'Block a person',
    description:
      'The two no longer find, see, ask, rate or write to each other. What was between them ends: they are no teammates any ' +
      'more and their requests are closed. The other is not told.',
    access: 'relationships.guard',
    params: PersonParams,
    status: 204,
    problems: [userNotFound, tooManyPeople],
    handle: ({ actor, params }) => blockUser(tools, actor, params.userId),
  }),
  door({
    operationId: 'unblockUser',
    method: 'DELETE',
    path: '/v1/me/blocks/{userId}',
    tag,
    summary: 'End a block',
    access: 'relationships.guard',
    params: PersonParams,
    status: 204,
    handle: ({ actor, params }) => unblockUser(tools, actor, params.userId),
  }),
  door({
    operationId: 'listBlocks',
    method: 'GET',
    path: '/v1/me/blocks',
    tag,
    summary: 'People whom the caller has blocked',
    access: 'relationships.read',
    query: PeopleQuery,
    status: 200,
    answer: ListedPersonPage,
    handle: ({ actor, query }) => listBlocks(tools, actor, query),
  }),
  door({
    operationId: 'hideUser',
    method: 'PUT',
    path: '/v1/me/hidden/{userId}',
    tag,
    summary: 'Keep a person out of the search',
    description: 'The two no longer appear in each other’s search; nothing else changes, and the other is not told.',
    access: 'relationships.guard',
    params: PersonParams,
    status: 204,
    problems: [userNotFound, tooManyPeople],
    handle: ({ actor, params }) => hideUser(tools, actor, params.userId),
  }),
  door({
    operationId: 'unhideUser',
    method: 'DELETE',
    path: '/v1/me/hidden/{userId}',
    tag,
    summary: 'Let a person back into the search',
    access: 'relationships.guard',
    params: PersonParams,
    status: 204,
    handle: ({ actor, params }) => unhideUser(tools, actor, params.userId),
  }),
  door({
    operationId: 'listHidden',
    method: 'GET',
    path: '/v1/me/hidden',
    tag,
    summary: 'People whom the caller keeps out of the search',
    access: 'relationships.read',
    query: PeopleQuery,
    status: 200,
    answer: ListedPersonPage,
    handle: ({ actor, query }) => listHidden(tools, actor, query),
  }),
];

const requestRoutes = (tools: RelationshipsTools): Door[] => [
  door({
    operationId: 'createTeammateRequest',
    method: 'POST',
    path: '/v1/teammate-requests',
    tag,
    summary: 'Ask a person to be a teammate',
    description:
      'One person can be asked once in 30 days, however it ended; a request waits for 14 days. When the other has asked already, ' +
      'asking back accepts: the answer then has the state `accepted`.',
    access: 'relationships.write',
    body: TeammateRequestBody,
    status: 201,
    answer: TeammateRequest,
    isIdempotentByKey: true,
    problems: [userNotFound, alreadyTeammates, alreadyRequested, requestsClosed, requestQuotaReached, repeatedText],
    example: {
      body: {
        userId: '01930c6e-7d4a-7b3e-9a51-3f2f6f0c8d21',
        gameId: 'dota-2',
        note: 'Support looking for a carry, evenings.',
      },
    },
    handle: ({ actor, body, exchange }) =>
      createTeammateRequest(tools, actor, body, exchange.header('idempotency-key')),
  }),
  door({
    operationId: 'acceptTeammateRequest',
    method: 'POST',
    path: '/v1/teammate-requests/{requestId}/accept',
    tag,
    summary: 'Accept a request: the two are teammates',
    access: 'relationships.write',
    params: RequestParams,
    status: 200,
    answer: TeammateRequest,
    problems: [requestNotFound, requestClosed],
    handle: ({ actor, params }) => acceptTeammateRequest(tools, actor, params.requestId),
  }),
  door({
    operationId: 'declineTeammateRequest',
    method: 'POST',
    path: '/v1/teammate-requests/{requestId}/decline',
    tag,
    summary: 'Decline a request; the sender is not told',
    access: 'relationships.guard',
    params: RequestParams,
    status: 204,
    problems: [requestNotFound, requestClosed],
    handle: ({ actor, params }) => declineTeammateRequest(tools, actor, params.requestId),
  }),
  door({
    operationId: 'withdrawTeammateRequest',
    method: 'DELETE',
    path: '/v1/teammate-requests/{requestId}',
    tag,
    summary: 'Take a request back',
    access: 'relationships.guard',
    params: RequestParams,
    status: 204,
    problems: [requestNotFound, requestClosed],
    handle: ({ actor, params }) => withdrawTeammateRequest(tools, actor, params.requestId),
  }),
  door({
    operationId: 'removeTeammate',
    method: 'DELETE',
    path: '/v1/me/teammates/{userId}',
    tag,
    summary: 'Part with a teammate',
    access: 'relationships.guard',
    params: PersonParams,
    status: 204,
    handle: ({ actor, params }) => removeTeammate(tools, actor, params.userId),
  }),
];
