import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { accessAccused } from '../access.ts';
import { anotherModerator, appealDecidedAlready, appealNotFound, sanctionNotFound } from '../errors.ts';
import { appealDecided } from '../events.ts';
import { isInForce, presentAppeal } from '../present.ts';
import { lockAppeal, updateDecision } from '../queries/appeals.ts';
import { findSanction, markLifted } from '../queries/sanctions.ts';
import { applyStanding } from '../sanctioning.ts';
import type { Appeal, DecisionBody } from '../schemas/sanctions.ts';
import type { ModerationTools } from '../tools.ts';
import { decisionWords } from '../words.ts';

/** Decides an appeal; never by the moderator whose decision it is about. Lifting takes the sanction out of force at once. */
export async function decideAppeal(
  tools: ModerationTools,
  actor: Actor,
  appealId: string,
  { decision, answer }: Static<typeof DecisionBody>,
): Promise<Static<typeof Appeal>> {
  return tools.db.transaction(async (tx) => {
    const appeal = await lockAppeal(tx, appealId);
    if (!appeal) throw appealNotFound();
    const { account_id: accountId, sanction_id: sanctionId } = appeal;
    const person = await accessAccused(tools, tx, actor, accountId);
    await tools.accounts.lockStanding(tx, accountId);
    const sanction = await findSanction(tx, sanctionId);
    if (!sanction) throw sanctionNotFound();
    if (sanction.imposed_by === actor.accountId) throw anotherModerator();
    if (appeal.decision !== null) throw appealDecidedAlready();
    const now = tools.clock.now();
    const decided = await updateDecision(tx, appealId, {
      decision,
      answer,
      decided_by: actor.accountId,
      decided_at: now,
    });
    if (decision === 'lifted' && isInForce(sanction, now)) {
      // The decision tells it: one letter, not two.
      await markLifted(tx, sanctionId, actor.accountId, now);
      await applyStanding(tools, tx, accountId);
    }
    const told = decisionWords(decision, person.locale);
    await tools.accounts.writeTo(tx, accountId, 'appealDecided', { what: told.text, answer });
    const event = { accountId, appealId, sanctionId, decision, title: told.title, text: `${told.text} ${answer}` };
    await tools.announce(tx, appealDecided, event);
    const details = { appealId, sanctionId, decision };
    await tools.audit(tx, { actor, act: 'appeal.decided', subjectId: accountId, details });
    return presentAppeal(decided);
  });
}
