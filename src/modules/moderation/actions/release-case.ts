import type { Actor } from '#platform/actor.ts';
import { caseNotFound } from '../errors.ts';
import { lockCase, updateCase } from '../queries/cases.ts';
import type { ModerationTools } from '../tools.ts';

/** Gives a claimed case back; a case that is not the caller's stays as it is. */
export async function releaseCase(tools: ModerationTools, actor: Actor, caseId: string): Promise<void> {
  await tools.db.transaction(async (tx) => {
    const row = await lockCase(tx, caseId);
    if (!row) throw caseNotFound();
    if (row.claimed_by !== actor.accountId || row.claimed_until === null) return;
    await updateCase(tx, caseId, { claimed_by: null, claimed_until: null });
    await tools.audit(tx, { actor, act: 'case.released', subjectId: row.accused_id, details: { caseId } });
  });
}
