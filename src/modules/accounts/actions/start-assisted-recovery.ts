import type { Static } from 'typebox';
import { Type } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { notFound } from '#platform/errors.ts';
import { liveEvents } from '#platform/frames.ts';
import { defineJob, type JobHandler, jobHandler } from '#platform/jobs.ts';
import { securityNoted } from '../events.ts';
import { resetLink } from '../links.ts';
import { queueMail } from '../mails.ts';
import { lockAccount } from '../queries/accounts.ts';
import { findAssistedRecovery, setAssistedCode, upsertAssistedRecovery } from '../queries/assisted-recoveries.ts';
import { makeSavedCode } from '../saved-codes.ts';
import type { AssistedRecoveryBody } from '../schemas/staff.ts';
import { checkMayActOn } from '../staff-access.ts';
import type { AccountsTools } from '../tools.ts';

const DELAY_HOURS = 72;
/** Nobody waits at the mailbox at the minute when three days have passed. */
export const ASSISTED_CODE_HOURS = 24;

const dueJob = defineJob('accounts.assisted_recovery', Type.Object({ accountId: Type.String(), dueAt: Type.String() }));

/**
 * Staff begins a recovery for somebody who lost the mailbox. For 72 hours nothing happens but that every live session
 * and the old address are told, and any session can stop it; then a code goes to the new address. Using it also takes a
 * second factor off: here alone, since a mailbox by itself must not be worth as much (`resetPassword`).
 */
export async function startAssistedRecovery(
  tools: AccountsTools,
  actor: Actor,
  accountId: string,
  { email, reason }: Static<typeof AssistedRecoveryBody>,
): Promise<void> {
  const { db, bus, clock, enqueue, audit } = tools;
  const now = clock.now();
  const dueAt = new Date(now.getTime() + DELAY_HOURS * 3_600_000);
  await db.transaction(async (tx) => {
    const account = await lockAccount(tx, accountId);
    if (!account || account.state === 'deleted') throw notFound();
    checkMayActOn(actor, account);
    await upsertAssistedRecovery(tx, {
      account_id: accountId,
      email,
      started_by: actor.accountId,
      reason,
      started_at: now,
      due_at: dueAt,
    });
    await enqueue(tx, dueJob, { accountId, dueAt: dueAt.toISOString() }, dueAt);
    await audit(tx, { actor, act: 'account.recovery_started', subjectId: accountId, reason });
    await tools.announce(tx, securityNoted, { accountId, code: 'recovery_started' });
    if (account.email && account.email_verified_at) {
      const { username, locale, email: to } = account;
      const values = { username, newEmail: email, dueAt: dueAt.toISOString() };
      await queueMail(tools, tx, { name: 'assistedRecoveryStarted', to, locale, values });
    }
    const event = { type: 'account.recovery_started', data: { dueAt } } as const;
    db.afterCommit(tx, () => bus.publish(liveEvents, { accountIds: [accountId], event }));
  });
}

/** When the delay is over and nobody objected: the code goes to the new address. */
export const assistedRecoveryHandler = (tools: AccountsTools): JobHandler =>
  jobHandler(dueJob, async ({ accountId, dueAt }) => {
    const { db, clock } = tools;
    await db.transaction(async (tx) => {
      // Under the lock that stopping it takes, too: no code goes out behind that.
      const account = await lockAccount(tx, accountId);
      const recovery = await findAssistedRecovery(tx, accountId);
      // Stopped, or begun anew with a later end.
      if (!account || !recovery || recovery.code_sent_at || recovery.due_at.toISOString() !== dueAt) return;
      const { code, codeHash } = makeSavedCode();
      const now = clock.now();
      await setAssistedCode(tx, accountId, codeHash, now);
      const { username, locale } = account;
      const values = { username, hours: ASSISTED_CODE_HOURS, code, url: resetLink(tools, username, code) };
      const expiresAt = new Date(now.getTime() + ASSISTED_CODE_HOURS * 3_600_000);
      await queueMail(tools, tx, { name: 'assistedRecovery', to: recovery.email, locale, values, expiresAt });
    });
  });
