import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { accessOpenCase } from '../access.ts';
import { caseNotFound } from '../errors.ts';
import { presentCases } from '../present-cases.ts';
import { findCase, updateCase } from '../queries/cases.ts';
import type { Case } from '../schemas/cases.ts';
import type { ModerationTools } from '../tools.ts';

const CLAIM_MS = 3_600_000;

/** Takes a case for an hour, so that no two moderators work at it; again, and the hour begins anew. */
export async function claimCase(tools: ModerationTools, actor: Actor, caseId: string): Promise<Static<typeof Case>> {
  return tools.db.transaction(async (tx) => {
    const { accused } = await accessOpenCase(tools, tx, actor, caseId);
    const until = new Date(tools.clock.now().getTime() + CLAIM_MS);
    await updateCase(tx, caseId, { claimed_by: actor.accountId, claimed_until: until });
    await tools.audit(tx, { actor, act: 'case.claimed', subjectId: accused.accountId, details: { caseId } });
    const row = await findCase(tx, caseId);
    const [shown] = row ? await presentCases(tools, tx, actor, [row]) : [];
    if (!shown) throw caseNotFound();
    return shown;
  });
}
