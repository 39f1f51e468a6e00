import { createHash, randomBytes, randomInt } from 'node:crypto';
import type { Tx } from '#platform/database.ts';
import { tooManyRequests } from '#platform/errors.ts';
import { type CodePurpose, type CodeRow, spendCode, takeTry, upsertCode } from './queries/codes.ts';
import type { AccountsTools } from './tools.ts';

export const CODE_MINUTES = 10;
/** So many times may a code be tried; so many codes may an account get in a day. */
export const MAX_TRIES = 5;
const MAX_A_DAY = 10;
const DIGITS = 8;
const DAY_MS = 86_400_000;

/** A code before it is anybody's: hashing takes time, so it is done outside the transaction. */
export type NewCode = { code: string; codeHash: string; linkToken: string };

export async function makeCode({ passwords }: AccountsTools): Promise<NewCode> {
  const code = String(randomInt(10 ** DIGITS)).padStart(DIGITS, '0');
  return { code, codeHash: await passwords.hash(code), linkToken: randomBytes(32).toString('base64url') };
}

/** Makes the code the account's newest and only one for this purpose. Returns false when it has had enough for a day. */
export async function issueCode(
  { clock }: AccountsTools,
  tx: Tx,
  { codeHash, linkToken }: NewCode,
  to: { accountId: string; purpose: CodePurpose; email: string; sessionId?: string; minutes?: number },
): Promise<boolean> {
  const now = clock.now();
  return upsertCode(tx, MAX_A_DAY, {
    account_id: to.accountId,
    purpose: to.purpose,
    email: to.email,
    code_hash: codeHash,
    link_hash: to.purpose === 'verify_email' ? hashLink(linkToken) : null,
    session_id: to.sessionId ?? null,
    issued_at: now,
    expires_at: new Date(now.getTime() + (to.minutes ?? CODE_MINUTES) * 60_000),
    day_started_at: now,
  });
}

/** Whether the account may have no further code today: known before one is hashed. `issueCode` has the last word. */
export const hasHadEnough = ({ issued_that_day, day_started_at }: CodeRow, now: Date): boolean =>
  issued_that_day >= MAX_A_DAY && now.getTime() - day_started_at.getTime() < DAY_MS;

/** A code that was right, still to be spent in the transaction that does what it is for. */
export type RightCode = { codeHash: string; email: string; sessionId: string | null };

/**
 * Tries a code. The try is counted, and committed, before the code is looked at, so that guesses in parallel are no more
 * than in a row. Does the same work when there is no account or no code.
 */
export async function tryCode(
  { db, clock, passwords }: AccountsTools,
  accountId: string | undefined,
  purpose: CodePurpose,
  code: string,
): Promise<RightCode | undefined> {
  const row = await takeTry(db.statement, accountId ?? NOBODY, purpose, MAX_TRIES, clock.now());
  const isRight = await passwords.verify(row?.code_hash ?? undefined, code);
  if (!isRight || !row?.code_hash) return undefined;
  return { codeHash: row.code_hash, email: row.email, sessionId: row.session_id };
}

/** Whom we look for where there is nobody: the same work. */
export const NOBODY = '00000000-0000-0000-0000-000000000000';

/** Returns false when the code was spent or replaced meanwhile. */
export const useCode = (tx: Tx, accountId: string, purpose: CodePurpose, { codeHash }: RightCode): Promise<boolean> =>
  spendCode(tx, accountId, purpose, codeHash);

export const hashLink = (linkToken: string): Buffer => createHash('sha256').update(linkToken).digest();

/** How a code is shown: `1234 5678`. */
export const groupCode = (code: string): string => code.replace(/(\d{4})(?=\d)/g, '$1 ');

/** How a code is read: people type what they see, with the space. */
export const readCode = (text: string): string => text.replaceAll(/[\s-]/g, '');

export const tooManyCodes = () => tooManyRequests({ retryAfterSeconds: 3_600 });
