import { createHmac } from 'node:crypto';
import { Type } from 'typebox';
import type { Queryable } from '#platform/database.ts';
import { tooManyRequests } from '#platform/errors.ts';
import { defineJob, type JobHandler, jobHandler } from '#platform/jobs.ts';
import { securityNoted } from './events.ts';
import { queueMail } from './mails.ts';
import { findAccount } from './queries/accounts.ts';
import {
  deleteSignInFailures,
  deleteSignInTry,
  findLockEnd,
  insertSignInTry,
  type SignInTry,
} from './queries/sign-in-failures.ts';
import type { AccountRow } from './tables.ts';
import type { AccountsTools } from './tools.ts';

/** Five wrong passwords in a row lock for a minute, then each one more for twice as long, up to an hour. */
export const LOCK_RULE = { freeTries: 5, baseSeconds: 60, maxSeconds: 3_600 };

/** Who is locked: the account, or what was typed where there is no such account. Both look the same from outside. */
export type Subject = {
  account: Pick<AccountRow, 'account_id'> | undefined;
  typed: string;
  /** Codes count apart, so that a right password forgives no guess at them. */
  isSecondFactor?: boolean;
};

const noticeJob = defineJob(
  'accounts.lock_notice',
  Type.Object({
    accountId: Type.String(),
    failures: Type.Integer(),
    isSecondFactor: Type.Optional(Type.Boolean()),
  }),
);

/**
 * Whether the password is right; counts the try before it looks. A try that we had no time to look at was none: else our
 * own 503 would lock people out.
 */
export async function tryPassword(
  tools: AccountsTools,
  subject: Subject,
  passwordHash: string | undefined,
  password: string,
): Promise<boolean> {
  const taken = await takeSignInTry(tools, subject);
  try {
    return await tools.passwords.verify(passwordHash, password);
  } catch (error) {
    await deleteSignInTry(tools.db.statement, hashSubject(tools, subject), taken, LOCK_RULE.freeTries);
    throw error;
  }
}

/**
 * Counts a try at a password, or at a code, before it is checked. Throws 429 while the subject is locked. The count is by account,
 * whatever the address, so it holds against many addresses and many connections at once.
 */
export async function takeSignInTry(tools: AccountsTools, subject: Subject): Promise<SignInTry> {
  const { db, clock, enqueue } = tools;
  const now = clock.now();
  const hash = hashSubject(tools, subject);
  const taken = await insertSignInTry(db.statement, hash, LOCK_RULE, now);
  if (!taken) throw await describeLock(tools, hash, subject);
  if (taken.failures !== LOCK_RULE.freeTries) return taken;
  // Queued for nobody, too: the fifth try takes the same time for an account that does not exist.
  const accountId = subject.account?.account_id ?? '';
  const { failures } = taken;
  const { isSecondFactor = false } = subject;
  await db.transaction((tx) => enqueue(tx, noticeJob, { accountId, failures, isSecondFactor }, inAWhile(now)));
  return taken;
}

/** After a right password: the count begins anew. */
export const forgiveSignIn = async (tools: AccountsTools, db: Queryable, subject: Subject): Promise<void> => {
  await deleteSignInFailures(db, hashSubject(tools, subject));
};

/** Tells the owner that somebody guesses, unless the last of the tries was right. */
export const lockNoticeHandler = (tools: AccountsTools): JobHandler =>
  jobHandler(noticeJob, async ({ accountId, failures, isSecondFactor = false }) => {
    if (!accountId) return;
    const account = await findAccount(tools.db.read, accountId);
    if (!account) return;
    const lockEnd = await findLockEnd(tools.db.read, hashSubject(tools, { account, typed: '', isSecondFactor }));
    if (!lockEnd) return;
    const { email: to, username, locale } = account;
    await tools.db.transaction(async (tx) => {
      await tools.announce(tx, securityNoted, { accountId, code: isSecondFactor ? 'codes_locked' : 'sign_ins_locked' });
      if (!to || !account.email_verified_at) return;
      const values = { username, failures, minutes: LOCK_RULE.baseSeconds / 60 };
      await queueMail(tools, tx, { name: isSecondFactor ? 'codesLocked' : 'signInsLocked', to, locale, values });
    });
  });

/** The fifth try may still be the right one. */
const inAWhile = (now: Date): Date => new Date(now.getTime() + 2_000);

async function describeLock({ db, clock }: AccountsTools, hash: Buffer, { account }: Subject) {
  const until = (await findLockEnd(db.read, hash))?.getTime() ?? 0;
  const retryAfterSeconds = Math.max(1, Math.ceil((until - clock.now().getTime()) / 1_000));
  return tooManyRequests({ retryAfterSeconds, accountId: account?.account_id });
}

/** Keyed: people type passwords where logins belong. */
export const hashSubject = ({ secrets }: AccountsTools, { account, typed, isSecondFactor }: Subject): Buffer =>
  createHmac('sha256', secrets.lookup)
    .update(account ? `${isSecondFactor ? 'totp' : 'account'}:${account.account_id}` : `typed:${typed}`)
    .digest();
