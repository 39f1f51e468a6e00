import type { Actor } from '#platform/actor.ts';
import type { Tx } from '#platform/database.ts';
import { unauthenticated } from '#platform/errors.ts';
import { signInAgain, wrongPassword } from './errors.ts';
import { findAccount, lockAccount } from './queries/accounts.ts';
import { findSessionStart, lockSession } from './queries/sessions.ts';
import { forgiveSignIn, tryPassword } from './sign-in-locks.ts';
import type { AccountRow } from './tables.ts';
import type { AccountsTools } from './tools.ts';

/** An account without a password, as Apple makes them, proves itself by having signed in just now. */
const FRESH_MS = 600_000;

/**
 * Makes sure that the owner is there and not somebody who picked up the phone. Wrong passwords count as in sign-in. What
 * the proof is for begins its transaction with `lockReauthenticated`.
 */
export async function reauthenticate(
  tools: AccountsTools,
  actor: Actor,
  password: string | undefined,
): Promise<AccountRow> {
  const account = await findAccount(tools.db.read, actor.accountId);
  if (!account) throw unauthenticated();
  // There is nothing yet that a password could guard.
  if (account.role === 'guest') return account;
  if (account.password_hash === null) {
    const startedAt = await findSessionStart(tools.db.read, actor.sessionId);
    if (!startedAt || tools.clock.now().getTime() - startedAt.getTime() > FRESH_MS) throw signInAgain();
    return account;
  }
  const subject = { account, typed: '' };
  if (!(await tryPassword(tools, subject, account.password_hash, password ?? ''))) throw wrongPassword();
  await forgiveSignIn(tools, tools.db.statement, subject);
  return account;
}

/**
 * Locks the account for what the proof was given for. Time has passed since: whose session has ended meanwhile, or whose
 * password was replaced, as by an owner who throws a thief out, gets no further.
 */
export async function lockReauthenticated(
  tools: AccountsTools,
  tx: Tx,
  actor: Actor,
  proven: Pick<AccountRow, 'password_hash'>,
): Promise<AccountRow> {
  const account = await lockSignedIn(tools, tx, actor);
  if (account.password_hash !== proven.password_hash) throw wrongPassword();
  return account;
}

/** Locks the account of a session that still lives. */
export async function lockSignedIn(
  { clock }: AccountsTools,
  tx: Tx,
  { accountId, sessionId }: Actor,
): Promise<AccountRow> {
  const account = await lockAccount(tx, accountId);
  if (!account || !(await lockSession(tx, sessionId, clock.now()))) throw unauthenticated();
  return account;
}
