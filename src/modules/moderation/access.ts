import { type AccountFacts, aboveYourRole, userNotFound } from '#modules/accounts/index.ts';
import type { Actor } from '#platform/actor.ts';
import type { Queryable, Tx } from '#platform/database.ts';
import { caseClaimed, caseNotFound, caseResolved, yourOwnCase } from './errors.ts';
import { mayDecideAbout } from './present.ts';
import { lockCase } from './queries/cases.ts';
import type { CaseRow } from './tables.ts';
import type { ModerationTools } from './tools.ts';

/** Locks an open case that the caller may decide: not about themself or their superiors, and nobody else is at it. */
export async function accessOpenCase(
  tools: ModerationTools,
  tx: Tx,
  actor: Actor,
  caseId: string,
): Promise<{ row: CaseRow; accused: AccountFacts }> {
  const row = await lockCase(tx, caseId);
  if (!row) throw caseNotFound();
  const accused = await accessAccused(tools, tx, actor, row.accused_id);
  if (row.state !== 'open') throw caseResolved();
  const isTaken = row.claimed_until !== null && row.claimed_until > tools.clock.now();
  if (isTaken && row.claimed_by !== actor.accountId) throw caseClaimed();
  return { row, accused };
}

/** Somebody whom the caller may judge: only about them may one read what others reported, and what the staff noted. */
export async function accessAccused(
  { accounts }: ModerationTools,
  db: Queryable,
  actor: Actor,
  accountId: string,
): Promise<AccountFacts> {
  const [accused] = await accounts.findAccounts(db, [accountId]);
  if (!accused) throw userNotFound();
  if (accused.accountId === actor.accountId) throw yourOwnCase();
  if (!mayDecideAbout(actor, accused)) throw aboveYourRole();
  return accused;
}
