import type { Static } from 'typebox';
import type { Tx } from '#platform/database.ts';
import { NOBODY, readCode, tryCode, useCode } from '../codes.ts';
import { dropApple } from '../drop-apple.ts';
import { dropTotp } from '../drop-totp.ts';
import { usernameNeeded, wrongCode } from '../errors.ts';
import { securityNoted } from '../events.ts';
import { queueMail } from '../mails.ts';
import { foldName } from '../names.ts';
import { findAccountByUsername, findAccountsOfAddress, lockAccount, updateAccount } from '../queries/accounts.ts';
import { findAppleIdentityOf } from '../queries/apple.ts';
import { deleteAssistedRecovery, hasAssistedCode, spendAssistedCode } from '../queries/assisted-recoveries.ts';
import { deleteSavedCodes, hasSavedCode, spendSavedCode, voidCodes } from '../queries/codes.ts';
import { readSavedCode } from '../saved-codes.ts';
import type { ResetPasswordBody } from '../schemas/credentials.ts';
import { endChosenSessions } from '../sessions.ts';
import { forgiveSignIn } from '../sign-in-locks.ts';
import type { AccountRow } from '../tables.ts';
import type { AccountsTools } from '../tools.ts';
import { ASSISTED_CODE_HOURS } from './start-assisted-recovery.ts';

type Body = Static<typeof ResetPasswordBody>;

/**
 * Sets a new password with a code from the mail or a saved one. Every session ends and every other code is void, a saved
 * one, too: a thief may have made those, or copied them. An Apple ID beside the password is taken off, the owner is told.
 * Whatever is wrong, the answer is the same. It signs nobody in, so a second factor is still asked for, unless staff helped:
 * whoever waited three days for that had lost it. Returns whose it is.
 */
export async function resetPassword(tools: AccountsTools, body: Body): Promise<string> {
  tools.passwordRules.check(body.newPassword, [body.identifier], '/body/newPassword');
  const { account, isOnlyOne } = await findAccountOf(tools, body.identifier);
  const spend = await checkCode(tools, account, body.code);
  if (!account || !spend) throw wrongCode({ accountId: account?.account_id });
  if (!isOnlyOne) throw usernameNeeded();
  tools.passwordRules.check(body.newPassword, [account.username, account.email ?? ''], '/body/newPassword');
  const passwordHash = await tools.passwords.hash(body.newPassword);
  await tools.db.transaction(async (tx) => {
    const locked = await lockAccount(tx, account.account_id);
    const proof = isBarred(locked) ? undefined : await spend(tx);
    if (!locked || !proof) throw wrongCode();
    await finish(tools, tx, locked, passwordHash, proof);
  });
  return account.account_id;
}

async function findAccountOf({ db }: AccountsTools, identifier: string) {
  const key = foldName(identifier);
  if (!key.includes('@')) return { account: await findAccountByUsername(db.read, key), isOnlyOne: true };
  const accounts = await findAccountsOfAddress(db.read, key);
  return { account: accounts[0], isOnlyOne: accounts.length === 1 };
}

const isBarred = (account: AccountRow | undefined): boolean =>
  account?.state === 'banned' || account?.state === 'deleted';

/** What the use of a code proves: that a letter to this address arrived, which staff may have had sent to a new one. */
type Proof = { email?: string; isAssisted?: true };
/** Gives nothing when the code was spent or void meanwhile. */
type Spend = (tx: Tx) => Promise<Proof | undefined>;

async function checkCode(
  tools: AccountsTools,
  account: AccountRow | undefined,
  code: string,
): Promise<Spend | undefined> {
  const accountId = isBarred(account) ? undefined : account?.account_id;
  const saved = readSavedCode(code);
  if (saved) return checkSavedCode(tools, accountId, saved);
  const right = await tryCode(tools, accountId, 'recovery', readCode(code));
  if (!accountId || !right) return undefined;
  return async (tx) => ((await useCode(tx, accountId, 'recovery', right)) ? { email: right.email } : undefined);
}

/**
 * A code with so many letters is one of the ten that the owner keeps, or that of a recovery that staff began. Both are
 * looked for whoever it is, so that time does not tell whether there is such an account.
 */
async function checkSavedCode(
  { db, clock }: AccountsTools,
  accountId: string | undefined,
  codeHash: Buffer,
): Promise<Spend | undefined> {
  const now = clock.now();
  const sentAfter = new Date(now.getTime() - ASSISTED_CODE_HOURS * 3_600_000);
  const isSaved = await hasSavedCode(db.read, accountId ?? NOBODY, 'recovery', codeHash);
  const isAssisted = await hasAssistedCode(db.read, accountId ?? NOBODY, codeHash, sentAfter);
  if (!accountId) return undefined;
  if (isSaved) return async (tx) => ((await spendSavedCode(tx, accountId, 'recovery', codeHash, now)) ? {} : undefined);
  if (!isAssisted) return undefined;
  return async (tx) => {
    const email = await spendAssistedCode(tx, accountId, codeHash);
    return email === undefined ? undefined : { email, isAssisted: true };
  };
}

async function finish(
  tools: AccountsTools,
  tx: Tx,
  account: AccountRow,
  passwordHash: string,
  { email: provenEmail, isAssisted }: Proof,
): Promise<void> {
  const { account_id: accountId, username, locale } = account;
  const now = tools.clock.now();
  const newEmail = isAssisted && provenEmail;
  await updateAccount(tx, accountId, {
    password_hash: passwordHash,
    pending_email: null,
    ...(provenEmail === account.email && account.email_verified_at === null && { email_verified_at: now }),
    ...(newEmail && { email: newEmail, email_key: foldName(newEmail), email_verified_at: now }),
  });
  await deleteAssistedRecovery(tx, accountId);
  await voidCodes(tx, accountId);
  const savedCodes = (await deleteSavedCodes(tx, accountId, 'recovery')) ? 'void' : 'none';
  const apple = await reviewApple(tools, tx, account);
  const totp = newEmail && (await dropTotp(tools, tx, accountId)) ? 'off' : 'stays';
  await forgiveSignIn(tools, tx, { account, typed: '' });
  await endChosenSessions(tools, tx, { accountId });
  await tools.announce(tx, securityNoted, { accountId, code: 'password_reset' });
  const isOldVerified = account.email !== null && account.email_verified_at !== null;
  for (const to of new Set([isOldVerified ? account.email : null, newEmail])) {
    if (to)
      await queueMail(tools, tx, {
        name: 'passwordReset',
        to,
        locale,
        values: { username, happenedAt: now.toISOString(), apple, totp, savedCodes },
      });
  }
}

/**
 * Whoever knew the old password may have added an Apple ID of their own, so it goes. Without a password Apple was the way
 * in from the beginning: it stays, and the letter says so.
 */
async function reviewApple(tools: AccountsTools, tx: Tx, account: AccountRow): Promise<'off' | 'stays' | 'none'> {
  const { account_id: accountId, password_hash: oldHash } = account;
  if (oldHash !== null) return (await dropApple(tools, tx, accountId)) ? 'off' : 'none';
  return (await findAppleIdentityOf(tx, accountId)) ? 'stays' : 'none';
}
