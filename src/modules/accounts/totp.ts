import { Secret, TOTP } from 'otpauth';
import { totpRequired, wrongTotp } from './errors.ts';
import { spendSavedCode } from './queries/codes.ts';
import { findTotp, type TotpRow, takeTotpStep } from './queries/totp.ts';
import { readSavedCode } from './saved-codes.ts';
import { unseal } from './secret-box.ts';
import { forgiveSignIn, takeSignInTry } from './sign-in-locks.ts';
import type { AccountsTools } from './tools.ts';

const PERIOD_SECONDS = 30;
/** Clocks of phones are off by a little: the code before and the code after count, too. */
const WINDOW = 1;

/** RFC 6238 as every authenticator app knows it: SHA-1, six digits, thirty seconds. */
export const openTotp = (secret: string, username = ''): TOTP =>
  new TOTP({ issuer: 'Soyamate', label: username, secret: Secret.fromBase32(secret), period: PERIOD_SECONDS });

/**
 * Asks whoever has proved the first factor for the second, if the account has one. Each code counts once, a saved code in
 * its place, too. Tries are counted, and lock, like those at passwords, whatever the door.
 */
export async function checkSecondFactor(
  tools: AccountsTools,
  accountId: string,
  code: string | undefined,
): Promise<void> {
  const row = await findTotp(tools.db.read, accountId);
  if (!row?.confirmed_at) return;
  const { db } = tools;
  const first = { account: row, typed: '' };
  // What is wrong from here on is the code.
  await forgiveSignIn(tools, db.statement, first);
  if (code === undefined) throw totpRequired({ accountId });
  const second = { ...first, isSecondFactor: true };
  await takeSignInTry(tools, second);
  if (!(await isRightCode(tools, row, code))) throw wrongTotp({ accountId });
  await forgiveSignIn(tools, db.statement, second);
}

export async function isRightCode({ db, clock, secrets }: AccountsTools, row: TotpRow, code: string): Promise<boolean> {
  const { account_id: accountId } = row;
  const saved = readSavedCode(code);
  if (saved) return spendSavedCode(db.statement, accountId, 'totp', saved, clock.now());
  const timestamp = clock.now().getTime();
  const totp = openTotp(unseal(secrets.box, accountId, row.secret));
  const delta = totp.validate({ token: code.replaceAll(' ', ''), timestamp, window: WINDOW });
  if (delta === null) return false;
  return takeTotpStep(db.statement, accountId, Math.floor(timestamp / 1_000 / PERIOD_SECONDS) + delta);
}
