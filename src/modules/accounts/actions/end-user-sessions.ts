import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { notFound } from '#platform/errors.ts';
import { findAccount } from '../queries/accounts.ts';
import type { EndSessionsQuery } from '../schemas/staff.ts';
import { endChosenSessions } from '../sessions.ts';
import { checkMayActOn } from '../staff-access.ts';
import type { AccountsTools } from '../tools.ts';

/** Signs somebody out everywhere. */
export async function endUserSessions(
  tools: AccountsTools,
  actor: Actor,
  accountId: string,
  { reason }: Static<typeof EndSessionsQuery>,
): Promise<void> {
  await tools.db.transaction(async (tx) => {
    const account = await findAccount(tx, accountId);
    if (!account) throw notFound();
    checkMayActOn(actor, account);
    const ended = await endChosenSessions(tools, tx, { accountId });
    const details = { before: { sessions: ended }, after: { sessions: 0 } };
    await tools.audit(tx, {
      actor,
      act: 'account.signed_out',
      subjectId: accountId,
      ...(reason && { reason }),
      details,
    });
  });
}
