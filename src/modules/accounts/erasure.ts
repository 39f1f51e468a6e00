import type { Tx } from '#platform/database.ts';
import { forgetKeysOf } from '#platform/idempotency.ts';
import { deleteJobsWith } from '#platform/job-queries.ts';
import { recoveryJob } from './actions/request-recovery.ts';
import { queueAppleRevocation } from './apple-jobs.ts';
import { banIdentifiers } from './bans.ts';
import { accountErased } from './events.ts';
import { removeExportOf } from './exports/make-export.ts';
import { mailJob, queueMail } from './mails.ts';
import { updateAccount } from './queries/accounts.ts';
import { deleteSecrets } from './queries/erasure.ts';
import { endChosenSessions } from './sessions.ts';
import { forgiveSignIn } from './sign-in-locks.ts';
import type { AccountRow } from './tables.ts';
import type { AccountsTools } from './tools.ts';

/**
 * Erases what is personal in a locked account. The row stays as a tombstone, since chats of others point to it; its name
 * is free again. A ban, a suspension and an open case
 * outlive the account as keyed hashes. Other modules erase their part when they hear of it.
 */
export async function eraseAccount(tools: AccountsTools, tx: Tx, account: AccountRow): Promise<void> {
  const { account_id: accountId, username, email, locale } = account;
  const keptOutUntil = await tools.findKeptOutUntil(tx, accountId);
  if (keptOutUntil) await banIdentifiers(tools, tx, account, keptOutUntil);
  await deleteJobsAbout(tx, account);
  if (email && account.email_verified_at)
    await queueMail(tools, tx, { name: 'accountDeleted', to: email, locale, values: { username } });
  await queueAppleRevocation(tools, tx, accountId);
  await endChosenSessions(tools, tx, { accountId });
  await deleteSecrets(tx, accountId);
  await removeExportOf(tools, tx, accountId);
  await forgetKeysOf(tx, accountId);
  await forgiveSignIn(tools, tx, { account, typed: '' });
  await forgiveSignIn(tools, tx, { account, typed: '', isSecondFactor: true });
  await updateAccount(tx, accountId, {
    username: 'deleted',
    username_key: `deleted:${accountId}`,
    email: null,
    email_key: null,
    email_verified_at: null,
    pending_email: null,
    password_hash: null,
    role: 'user',
    state: 'deleted',
    age_band: '18_plus',
    locale: 'en',
    accepted_terms: '',
    deletion_due_at: null,
  });
  await tools.announce(tx, accountErased, { accountId });
}

/** Letters that could not be sent, and requests for recovery, hold names and addresses. */
async function deleteJobsAbout(tx: Tx, { username_key, email, email_key, pending_email }: AccountRow): Promise<void> {
  await deleteJobsWith(tx, mailJob, 'to', [email, pending_email]);
  await deleteJobsWith(tx, recoveryJob, 'identifier', [username_key, email_key]);
}
