import { aboveYourRole, lastAdmin, userNotFound } from '#modules/accounts/index.ts';
import { type Door, door } from '#platform/door.ts';
import { addCaseNote } from '../actions/add-case-note.ts';
import { claimCase } from '../actions/claim-case.ts';
import { getCase } from '../actions/get-case.ts';
import { listCases } from '../actions/list-cases.ts';
import { releaseCase } from '../actions/release-case.ts';
import { resolveCase } from '../actions/resolve-case.ts';
import { caseClaimed, caseNotFound, caseResolved, yourOwnCase } from '../errors.ts';
import { Case, CaseFile, CaseNote, CasePage, CaseParams, CasesQuery, NoteBody, ResolveBody } from '../schemas/cases.ts';
import type { ModerationTools } from '../tools.ts';

const tag = 'moderation';
const unreadable = [caseNotFound, yourOwnCase, aboveYourRole, userNotFound];
const undecidable = [...unreadable, caseClaimed, caseResolved];

/** The queue of the moderators. */
export const caseRoutes = (tools: ModerationTools): Door[] => [
  door({
    operationId: 'listCases',
    method: 'GET',
    path: '/v1/moderation/reports',
    tag,
    summary: 'The queue: what is reported, folded by person',
    description: 'Without what is reported about the caller.',
    access: 'moderation.read',
    query: CasesQuery,
    status: 200,
    answer: CasePage,
    handle: ({ actor, query }) => listCases(tools, actor, query),
  }),
  door({
    operationId: 'getCase',
    method: 'GET',
    path: '/v1/moderation/reports/{caseId}',
    tag,
    summary: 'A case with its evidence',
    description: 'Evidence that quotes a chat is shown, and that it was read is written to the audit log.',
    access: 'moderation.read',
    params: CaseParams,
    status: 200,
    answer: CaseFile,
    problems: unreadable,
    handle: ({ actor, params }) => getCase(tools, actor, params.caseId),
  }),
  door({
    operationId: 'claimCase',
    method: 'POST',
    path: '/v1/moderation/reports/{caseId}/claim',
    tag,
    summary: 'Take a case for an hour',
    access: 'moderation.act',
    params: CaseParams,
    status: 200,
    answer: Case,
    problems: undecidable,
    handle: ({ actor, params }) => claimCase(tools, actor, params.caseId),
  }),
  door({
    operationId: 'releaseCase',
    method: 'DELETE',
    path: '/v1/moderation/reports/{caseId}/claim',
    tag,
    summary: 'Give a case back',
    access: 'moderation.act',
    params: CaseParams,
    status: 204,
    problems: [caseNotFound],
    handle: ({ actor, params }) => releaseCase(tools, actor, params.caseId),
  }),
  door({
    operationId: 'addCaseNote',
    method: 'POST',
    path: '/v1/moderation/reports/{caseId}/notes',
    tag,
    summary: 'Write a note for other moderators',
    access: 'moderation.act',
    params: CaseParams,
    body: NoteBody,
    status: 201,
    answer: CaseNote,
    isIdempotentByKey: true,
    problems: unreadable,
    example: { body: { text: 'The same pair reported each other in spring.' } },
    handle: ({ actor, params, body, exchange }) =>
      addCaseNote(tools, actor, params.caseId, body.text, exchange.header('idempotency-key')),
  }),
  door({
    operationId: 'resolveCase',
    method: 'POST',
    path: '/v1/moderation/reports/{caseId}/resolve',
    tag,
    summary: 'Decide a case',
    description:
      'Content, sanction, the answer to the reporters and the audit log change in one transaction. `removeContent` takes ' +
      'away what was reported together with any sanction.',
    access: 'moderation.act',
    params: CaseParams,
    body: ResolveBody,
    status: 200,
    answer: Case,
    problems: [...undecidable, lastAdmin],
    example: { body: { action: 'mute', reason: 'harassment', until: '2026-12-01T00:00:00.000Z', removeContent: true } },
    handle: ({ actor, params, body }) => resolveCase(tools, actor, params.caseId, body),
  }),
];
