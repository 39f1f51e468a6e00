import type { Actor } from '#platform/actor.ts';
import { textRuleNotFound } from '../errors.ts';
import { textRulesChanged } from '../events.ts';
import { deleteTextRule as deleteRow } from '../queries/text-rules.ts';
import type { ModerationTools } from '../tools.ts';

/** Takes a word out again. */
export async function deleteTextRule(tools: ModerationTools, actor: Actor, ruleId: string): Promise<void> {
  await tools.db.transaction(async (tx) => {
    const row = await deleteRow(tx, ruleId);
    if (!row) throw textRuleNotFound();
    await tools.announce(tx, textRulesChanged, {});
    const { kind, language, text, action, exceptions } = row;
    const details = { before: { kind, language, text, action, exceptions } };
    await tools.audit(tx, { actor, act: 'text_rule.removed', subjectId: ruleId, details });
  });
}
