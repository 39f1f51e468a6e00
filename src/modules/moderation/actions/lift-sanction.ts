import { aboveYourRole } from '#modules/accounts/index.ts';
import type { Actor } from '#platform/actor.ts';
import { accessAccused } from '../access.ts';
import { sanctionNotFound, sanctionOver } from '../errors.ts';
import { isInForce } from '../present.ts';
import { findSanction, markLifted } from '../queries/sanctions.ts';
import { withdrawSanction } from '../sanctioning.ts';
import type { ModerationTools } from '../tools.ts';

/** Takes a sanction back before its end. */
export async function liftSanction(
  tools: ModerationTools,
  actor: Actor,
  sanctionId: string,
  reason: string,
): Promise<void> {
  await tools.db.transaction(async (tx) => {
    const known = await findSanction(tx, sanctionId);
    if (!known) throw sanctionNotFound();
    await tools.accounts.lockStanding(tx, known.account_id);
    const row = await findSanction(tx, sanctionId);
    if (!row) throw sanctionNotFound();
    await accessAccused(tools, tx, actor, row.account_id);
    const [imposer] = await tools.accounts.findAccounts(tx, [row.imposed_by]);
    if (imposer?.role === 'admin' && actor.role !== 'admin') throw aboveYourRole();
    const now = tools.clock.now();
    if (!isInForce(row, now)) throw sanctionOver();
    await withdrawSanction(tools, tx, await markLifted(tx, sanctionId, actor.accountId, now));
    const details = { sanctionId, kind: row.kind, before: 'in_force', after: 'lifted' };
    await tools.audit(tx, { actor, act: 'sanction.lifted', subjectId: row.account_id, reason, details });
  });
}
