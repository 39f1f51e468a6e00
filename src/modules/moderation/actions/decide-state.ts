import { type DecideState, userNotFound } from '#modules/accounts/index.ts';
import { findInForce, markLifted } from '../queries/sanctions.ts';
import { applyStanding, impose, tellLifted } from '../sanctioning.ts';
import type { ModerationTools } from '../tools.ts';

const KINDS = { active: undefined, suspended: 'suspension', banned: 'ban' } as const;

/**
 * What an administrator sets an account to, as sanctions without an end: what is stricter is lifted, what is missing
 * imposed. The caller holds the lock of the account and writes the act down.
 */
export async function decideState(
  tools: ModerationTools,
  ...[tx, actor, accountId, state]: Parameters<DecideState>
): ReturnType<DecideState> {
  const [person] = await tools.accounts.findAccounts(tx, [accountId]);
  if (!person) throw userNotFound();
  const now = tools.clock.now();
  const wanted = KINDS[state];
  const inForce = (await findInForce(tx, accountId, now)).filter(({ kind }) => kind === 'ban' || kind === 'suspension');
  const lifted = inForce.filter(({ kind }) => !wanted || (wanted === 'suspension' && kind === 'ban'));
  for (const { sanction_id } of lifted) await markLifted(tx, sanction_id, actor.accountId, now);
  const isMissing = wanted && !inForce.some(({ kind, ends_at }) => kind === wanted && ends_at === null);
  const imposed = isMissing
    ? [await impose(tools, tx, person, { kind: wanted, reason: 'other', imposedBy: actor.accountId })]
    : [];
  if (imposed.length === 0) await applyStanding(tools, tx, accountId);
  const [last] = wanted ? [] : lifted;
  if (last) await tellLifted(tools, tx, last);
  return { imposedIds: imposed.map(idOf), liftedIds: lifted.map(idOf) };
}

const idOf = ({ sanction_id }: { sanction_id: string }): string => sanction_id;
