import { Type } from 'typebox';
import { pageOf } from '#platform/paging.ts';
import { enumOf, model, openEnum, ref, strictObject, Timestamp, Uuid } from '#platform/schemas.ts';
import { ruleActions } from '../text/text-policy.ts';

const ruleWord = Type.String({ minLength: 2, maxLength: 60 });

const textRuleFields = {
  kind: enumOf(['word', 'root'] as const, {
    description: '`word`: as it is; `root`: at the start, or behind a prefix.',
  }),
  language: enumOf(['en', 'ru'] as const),
};

export const TextRule = model(
  'TextRule',
  Type.Object({
    ruleId: Uuid,
    ...textRuleFields,
    text: Type.String(),
    action: openEnum(ruleActions),
    exceptions: Type.Array(Type.String(), { description: 'Words that hold one of these are let alone.' }),
    createdBy: Uuid,
    createdAt: Timestamp,
  }),
);

export const TextRulePage = model('TextRulePage', pageOf(ref(TextRule)));

export const TextRuleBody = model(
  'TextRuleBody',
  strictObject({
    ...textRuleFields,
    text: ruleWord,
    action: enumOf(ruleActions),
    exceptions: Type.Optional(Type.Array(ruleWord, { maxItems: 50 })),
  }),
);

export const TextRuleParams = strictObject({ ruleId: Uuid });
