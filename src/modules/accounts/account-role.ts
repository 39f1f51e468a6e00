import type { Actor } from '#platform/actor.ts';
import type { Tx } from '#platform/database.ts';
import { changedAccounts } from '#platform/frames.ts';
import { accountChanged } from './events.ts';
import { queueMail } from './mails.ts';
import type { Role } from './permissions.ts';
import { updateAccount } from './queries/accounts.ts';
import { checkAdminRemains, checkMayGrant } from './staff-access.ts';
import type { AccountRow } from './tables.ts';
import type { AccountsTools } from './tools.ts';

/** Gives a locked account another role. Every request and socket has the new rights from the commit on. */
export async function changeRole(
  tools: AccountsTools,
  tx: Tx,
  actor: Actor,
  account: AccountRow,
  role: Role,
  reason: string,
): Promise<void> {
  const { account_id: accountId, username, locale, email } = account;
  checkMayGrant(actor, role);
  await checkAdminRemains(tx, account);
  await updateAccount(tx, accountId, { role });
  await tools.announce(tx, accountChanged, { accountId });
  await tools.audit(tx, {
    actor,
    act: 'account.role_changed',
    subjectId: accountId,
    reason,
    details: { from: account.role, to: role },
  });
  if (email && account.email_verified_at)
    await queueMail(tools, tx, { name: 'roleChanged', to: email, locale, values: { username, role } });
  tools.db.afterCommit(tx, () => tools.bus.publish(changedAccounts, { accountIds: [accountId] }));
}
