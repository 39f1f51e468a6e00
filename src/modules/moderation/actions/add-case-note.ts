import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { once } from '#platform/idempotency.ts';
import { accessAccused } from '../access.ts';
import { caseNotFound } from '../errors.ts';
import { presentNote } from '../present.ts';
import { insertNote, lockCase } from '../queries/cases.ts';
import type { CaseNote } from '../schemas/cases.ts';
import type { ModerationTools } from '../tools.ts';

/** Writes something down for other moderators, on an open or a resolved case. */
export async function addCaseNote(
  tools: ModerationTools,
  actor: Actor,
  caseId: string,
  text: string,
  key: string | undefined,
): Promise<Static<typeof CaseNote>> {
  return tools.db.transaction((tx) =>
    once(tx, { scope: `addCaseNote:${actor.accountId}`, key, request: { caseId, text } }, async () => {
      const row = await lockCase(tx, caseId);
      if (!row) throw caseNotFound();
      await accessAccused(tools, tx, actor, row.accused_id);
      const note = await insertNote(tx, {
        note_id: tools.ids.next(),
        case_id: caseId,
        author_id: actor.accountId,
        text,
        created_at: tools.clock.now(),
      });
      await tools.audit(tx, { actor, act: 'case.note_added', subjectId: row.accused_id, details: { caseId } });
      return presentNote(note);
    }),
  );
}
