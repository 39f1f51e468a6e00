import { type Static, Type } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { defineJob, type JobHandler, jobHandler } from '#platform/jobs.ts';
import { eraseAccount } from '../erasure.ts';
import { queueMail } from '../mails.ts';
import { checkPasswordBytes } from '../password-rules.ts';
import { lockAccount, updateAccount } from '../queries/accounts.ts';
import { lockReauthenticated, reauthenticate } from '../reauthenticate.ts';
import type { Deletion, DeletionBody } from '../schemas/own-data.ts';
import { checkAdminRemains } from '../staff-access.ts';
import type { AccountsTools } from '../tools.ts';

const DAY_MS = 86_400_000;

const eraseJob = defineJob('accounts.erase', Type.Object({ accountId: Type.String(), dueAt: Type.String() }));

/** Deletes the caller's account: now, or after days of grace in which it can be taken back. */
export async function requestDeletion(
  tools: AccountsTools,
  actor: Actor,
  { password, graceDays = 0 }: Static<typeof DeletionBody>,
): Promise<Static<typeof Deletion>> {
  if (password !== undefined) checkPasswordBytes(password);
  const proven = await reauthenticate(tools, actor, password);
  const dueAt = new Date(tools.clock.now().getTime() + graceDays * DAY_MS);
  return tools.db.transaction(async (tx) => {
    const account = await lockReauthenticated(tools, tx, actor, proven);
    const { account_id: accountId, username, email, locale } = account;
    await checkAdminRemains(tx, account);
    if (graceDays === 0) {
      await eraseAccount(tools, tx, account);
      return { dueAt };
    }
    await updateAccount(tx, accountId, { deletion_due_at: dueAt });
    await tools.enqueue(tx, eraseJob, { accountId, dueAt: dueAt.toISOString() }, dueAt);
    if (email && account.email_verified_at) {
      const values = { username, dueAt: dueAt.toISOString() };
      await queueMail(tools, tx, { name: 'deletionScheduled', to: email, locale, values });
    }
    return { dueAt };
  });
}

/** When the grace is over, unless the owner has changed their mind. */
export const erasureHandler = (tools: AccountsTools): JobHandler =>
  jobHandler(eraseJob, ({ accountId, dueAt }) =>
    tools.db.transaction(async (tx) => {
      const account = await lockAccount(tx, accountId);
      if (account?.deletion_due_at?.toISOString() !== dueAt) return;
      await checkAdminRemains(tx, account);
      await eraseAccount(tools, tx, account);
    }),
  );
