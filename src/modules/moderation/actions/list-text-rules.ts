import { type Static, Type } from 'typebox';
import { DEFAULT_LIMIT } from '#platform/paging.ts';
import { presentTextRule } from '../present.ts';
import { findTextRules } from '../queries/text-rules.ts';
import type { PageQuery } from '../schemas/cases.ts';
import type { TextRulePage } from '../schemas/text-rules.ts';
import type { ModerationTools } from '../tools.ts';

/** The words that staff added to the lists. */
export async function listTextRules(
  { db, cursors }: ModerationTools,
  { limit = DEFAULT_LIMIT, cursor }: Static<typeof PageQuery>,
): Promise<Static<typeof TextRulePage>> {
  const after = cursor === undefined ? undefined : cursors.open('listTextRules', Type.String(), cursor);
  const rows = await findTextRules(db.read, limit + 1, after);
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return {
    items: shown.map(presentTextRule),
    ...(last && { nextCursor: cursors.seal('listTextRules', last.rule_id) }),
  };
}
