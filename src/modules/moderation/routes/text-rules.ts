import { type Door, door } from '#platform/door.ts';
import { createTextRule } from '../actions/create-text-rule.ts';
import { deleteTextRule } from '../actions/delete-text-rule.ts';
import { listTextRules } from '../actions/list-text-rules.ts';
import { textRuleExists, textRuleNotFound } from '../errors.ts';
import { PageQuery } from '../schemas/cases.ts';
import { TextRule, TextRuleBody, TextRulePage, TextRuleParams } from '../schemas/text-rules.ts';
import type { ModerationTools } from '../tools.ts';

const tag = 'moderation';

/** The staff's own words beside the lists that ship with the program. */
export const textRuleRoutes = (tools: ModerationTools): Door[] => [
  door({
    operationId: 'listTextRules',
    method: 'GET',
    path: '/v1/moderation/text-rules',
    tag,
    summary: 'Words that the staff added',
    access: 'text-rules.manage',
    query: PageQuery,
    status: 200,
    answer: TextRulePage,
    handle: ({ query }) => listTextRules(tools, query),
  }),
  door({
    operationId: 'createTextRule',
    method: 'POST',
    path: '/v1/moderation/text-rules',
    tag,
    summary: 'Add a word or a root',
    description:
      'In force on every server within seconds. `block` refuses the text, `mask` puts stars (in names it refuses, too), ' +
      '`hold` lets it pass and opens a case for review, in every chat. Look-alike letters, gaps and repeats are seen through.',
    access: 'text-rules.manage',
    body: TextRuleBody,
    status: 201,
    answer: TextRule,
    isIdempotentByKey: true,
    problems: [textRuleExists],
    example: { body: { kind: 'root', language: 'ru', text: 'казино', action: 'hold', exceptions: ['казиноидный'] } },
    handle: ({ actor, body, exchange }) => createTextRule(tools, actor, body, exchange.header('idempotency-key')),
  }),
  door({
    operationId: 'deleteTextRule',
    method: 'DELETE',
    path: '/v1/moderation/text-rules/{ruleId}',
    tag,
    summary: 'Take a word out again',
    access: 'text-rules.manage',
    params: TextRuleParams,
    status: 204,
    problems: [textRuleNotFound],
    handle: ({ actor, params }) => deleteTextRule(tools, actor, params.ruleId),
  }),
];
