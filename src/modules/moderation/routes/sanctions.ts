import { aboveYourRole, lastAdmin, userNotFound } from '#modules/accounts/index.ts';
import { type Door, door } from '#platform/door.ts';
import { decideAppeal } from '../actions/decide-appeal.ts';
import { getUserHistory } from '../actions/get-user-history.ts';
import { imposeSanction } from '../actions/impose-sanction.ts';
import { liftSanction } from '../actions/lift-sanction.ts';
import { listAppeals } from '../actions/list-appeals.ts';
import {
  anotherModerator,
  appealDecidedAlready,
  appealNotFound,
  sanctionNotFound,
  sanctionOver,
  yourOwnCase,
} from '../errors.ts';
import { PageQuery } from '../schemas/cases.ts';
import {
  Appeal,
  AppealPage,
  AppealParams,
  DecisionBody,
  LiftQuery,
  Sanction,
  SanctionBody,
  SanctionParams,
  UserHistory,
  UserParams,
} from '../schemas/sanctions.ts';
import type { ModerationTools } from '../tools.ts';

const tag = 'moderation';

/** Sanctions and appeals, as moderators handle them. */
export const sanctionRoutes = (tools: ModerationTools): Door[] => [
  door({
    operationId: 'imposeSanction',
    method: 'POST',
    path: '/v1/moderation/sanctions',
    tag,
    summary: 'Warn, mute, hide from the search, suspend or ban',
    description: 'In force at once, on open sockets too; the person is told why and may appeal.',
    access: 'moderation.act',
    body: SanctionBody,
    status: 201,
    answer: Sanction,
    isIdempotentByKey: true,
    problems: [userNotFound, yourOwnCase, aboveYourRole, lastAdmin],
    example: {
      body: {
        userId: '01930c6e-7d4a-7b3e-9a51-3f2f6f0c8d21',
        kind: 'mute',
        reason: 'spam',
        until: '2026-12-01T00:00:00.000Z',
      },
    },
    handle: ({ actor, body, exchange }) => imposeSanction(tools, actor, body, exchange.header('idempotency-key')),
  }),
  door({
    operationId: 'liftSanction',
    method: 'DELETE',
    path: '/v1/moderation/sanctions/{sanctionId}',
    tag,
    summary: 'Take a sanction back',
    access: 'moderation.act',
    params: SanctionParams,
    query: LiftQuery,
    status: 204,
    problems: [sanctionNotFound, sanctionOver, yourOwnCase, aboveYourRole, userNotFound],
    handle: ({ actor, params, query }) => liftSanction(tools, actor, params.sanctionId, query.reason),
  }),
  door({
    operationId: 'getUserHistory',
    method: 'GET',
    path: '/v1/moderation/users/{userId}',
    tag,
    summary: 'What moderators know of a person',
    access: 'moderation.read',
    params: UserParams,
    status: 200,
    answer: UserHistory,
    problems: [userNotFound, yourOwnCase, aboveYourRole],
    handle: ({ actor, params }) => getUserHistory(tools, actor, params.userId),
  }),
  door({
    operationId: 'listAppeals',
    method: 'GET',
    path: '/v1/moderation/appeals',
    tag,
    summary: 'Appeals that wait, the oldest first',
    access: 'moderation.read',
    query: PageQuery,
    status: 200,
    answer: AppealPage,
    handle: ({ actor, query }) => listAppeals(tools, actor, query),
  }),
  door({
    operationId: 'decideAppeal',
    method: 'POST',
    path: '/v1/moderation/appeals/{appealId}/decide',
    tag,
    summary: 'Decide an appeal against another moderator',
    access: 'moderation.act',
    params: AppealParams,
    body: DecisionBody,
    status: 200,
    answer: Appeal,
    problems: [
      appealNotFound,
      appealDecidedAlready,
      anotherModerator,
      sanctionNotFound,
      yourOwnCase,
      aboveYourRole,
      userNotFound,
    ],
    example: { body: { decision: 'lifted', answer: 'The message was a quotation indeed.' } },
    handle: ({ actor, params, body }) => decideAppeal(tools, actor, params.appealId, body),
  }),
];
