import { type Door, door } from '#platform/door.ts';
import { createAppeal } from '../actions/create-appeal.ts';
import { createReport } from '../actions/create-report.ts';
import { listMyReports } from '../actions/list-my-reports.ts';
import { listMySanctions } from '../actions/list-my-sanctions.ts';
import { alreadyAppealed, reportQuotaReached, sanctionNotFound, sanctionOver, subjectNotFound } from '../errors.ts';
import { PageQuery } from '../schemas/cases.ts';
import { ReportBody, ReportPage, ReportReceipt } from '../schemas/reports.ts';
import { Appeal, AppealBody, MySanctionList } from '../schemas/sanctions.ts';
import type { ModerationTools } from '../tools.ts';

const tag = 'moderation';

/** What everybody may do: report, see what came of it, see what was decided about oneself, appeal. */
export const reportRoutes = (tools: ModerationTools): Door[] => [
  door({
    operationId: 'createReport',
    method: 'POST',
    path: '/v1/reports',
    tag,
    summary: 'Report a person, message, chat, rating, picture, party or suggested game',
    description:
      'By whoever may see it; twenty a day. It is kept as it is now, whatever happens to it later. `suggest` says what the ' +
      'app may offer next. Who says the same of the same thing again gets the first report back.',
    access: 'reports.write',
    body: ReportBody,
    status: 201,
    answer: ReportReceipt,
    isIdempotentByKey: true,
    problems: [subjectNotFound, reportQuotaReached],
    example: {
      body: {
        subject: { kind: 'message', chatId: '01930c6e-7d4a-7b3e-9a51-3f2f6f0c8d21', seq: 12 },
        reason: 'harassment',
        comment: 'Third time this week.',
      },
    },
    handle: ({ actor, body, exchange }) =>
      createReport(tools, actor, body, { key: exchange.header('idempotency-key'), locale: exchange.locale }),
  }),
  door({
    operationId: 'listMyReports',
    method: 'GET',
    path: '/v1/me/reports',
    tag,
    summary: 'What the caller reported, and what came of it',
    access: 'reports.write',
    query: PageQuery,
    status: 200,
    answer: ReportPage,
    handle: ({ actor, query, exchange }) => listMyReports(tools, actor, query, exchange.locale),
  }),
  door({
    operationId: 'listMySanctions',
    method: 'GET',
    path: '/v1/me/sanctions',
    tag,
    summary: 'What moderators decided about the caller, and why',
    description: 'A suspended or banned person reads it with a session of `POST /v1/auth/appeal`.',
    access: 'sanctions.appeal',
    status: 200,
    answer: MySanctionList,
    handle: ({ actor, exchange }) => listMySanctions(tools, actor, exchange.locale),
  }),
  door({
    operationId: 'createAppeal',
    method: 'POST',
    path: '/v1/me/appeals',
    tag,
    summary: 'Appeal against a sanction',
    description: 'Once for each sanction; another moderator than the one who imposed it decides.',
    access: 'sanctions.appeal',
    body: AppealBody,
    status: 201,
    answer: Appeal,
    isIdempotentByKey: true,
    problems: [sanctionNotFound, sanctionOver, alreadyAppealed],
    example: {
      body: { sanctionId: '01930c6e-7d4a-7b3e-9a51-3f2f6f0c8d21', text: 'I was quoting what he wrote to me.' },
    },
    handle: ({ actor, body, exchange }) => createAppeal(tools, actor, body, exchange.header('idempotency-key')),
  }),
];
