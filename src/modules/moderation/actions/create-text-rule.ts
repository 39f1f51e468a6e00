import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { once } from '#platform/idempotency.ts';
import { cleanLine } from '#platform/texts.ts';
import { inputFault } from '#platform/validation.ts';
import { textRuleExists } from '../errors.ts';
import { textRulesChanged } from '../events.ts';
import { presentTextRule } from '../present.ts';
import { insertTextRule } from '../queries/text-rules.ts';
import type { TextRule, TextRuleBody } from '../schemas/text-rules.ts';
import type { ModerationTools } from '../tools.ts';

/** Adds a word or a root; in force on every node within a second or two. */
export async function createTextRule(
  tools: ModerationTools,
  actor: Actor,
  body: Static<typeof TextRuleBody>,
  key: string | undefined,
): Promise<Static<typeof TextRule>> {
  const { kind, language, text, action, exceptions = [] } = body;
  const word = cleanLine(text).toLowerCase();
  const letters = word.match(LETTERS[language]) ?? [];
  if (letters.length < 2 || /\s/.test(word)) throw inputFault('/body/text', 'format', NO_WORD);
  return tools.db.transaction((tx) =>
    once(tx, { scope: `createTextRule:${actor.accountId}`, key, request: body }, async () => {
      const row = await insertTextRule(tx, {
        rule_id: tools.ids.next(),
        kind,
        language,
        text: word,
        action,
        exceptions: exceptions.map((one) => cleanLine(one).toLowerCase()),
        created_by: actor.accountId,
        created_at: tools.clock.now(),
      });
      if (!row) throw textRuleExists();
      await tools.announce(tx, textRulesChanged, {});
      const after = { kind, language, text: word, action, exceptions };
      await tools.audit(tx, { actor, act: 'text_rule.added', subjectId: row.rule_id, details: { after } });
      return presentTextRule(row);
    }),
  );
}

const LETTERS = { ru: /[а-яё]/g, en: /[a-z]/g };
const NO_WORD = {
  en: 'must be one word with at least two letters of its language',
  ru: 'должно быть одним словом, хотя бы с двумя буквами своего языка',
};
