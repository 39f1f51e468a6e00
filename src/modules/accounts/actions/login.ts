import type { Static } from 'typebox';
import { accountBlocked, wrongCredentials } from '../errors.ts';
import { accountSeen } from '../events.ts';
import { foldName } from '../names.ts';
import { checkPasswordBytes } from '../password-rules.ts';
import { presentAccount } from '../present.ts';
import { findAccountByEmail, findAccountByUsername, lockAccount } from '../queries/accounts.ts';
import { recordSignIn } from '../queries/sign-ins.ts';
import type { LoginBody, SignedIn } from '../schemas/sign-in.ts';
import { openSession } from '../sessions.ts';
import { hashSubject, type Subject, tryPassword } from '../sign-in-locks.ts';
import { isActiveAt } from '../standing.ts';
import type { AccountRow } from '../tables.ts';
import type { AccountsTools } from '../tools.ts';
import { checkSecondFactor } from '../totp.ts';
import { isAway } from './note-activity.ts';

/** Signs in by username or e-mail. An unknown person and a wrong password get the same answer in the same time. */
export async function login(
  tools: AccountsTools,
  body: Static<typeof LoginBody>,
  userAgent?: string,
): Promise<Required<Static<typeof SignedIn>>> {
  const { account, subject } = await findByCredentials(tools, body);
  if (!isActiveAt(account, tools.clock.now())) throw accountBlocked({ accountId: account.account_id });
  await checkSecondFactor(tools, account.account_id, body.totp);

  const renewedHash = await renewHash(tools, account, body.password);
  const now = tools.clock.now();
  return tools.db.transaction(async (tx) => {
    // A password that was changed while we compared must not open a session that outlives the change.
    const locked = await lockAccount(tx, account.account_id);
    if (locked?.password_hash !== account.password_hash || !isActiveAt(locked, now)) throw wrongCredentials();
    const wasAway = isAway(locked, now);
    await recordSignIn(tx, {
      accountId: account.account_id,
      subject: hashSubject(tools, subject),
      lastActiveAt: wasAway ? now : locked.last_active_at,
      passwordHash: renewedHash ?? locked.password_hash,
    });
    if (wasAway) await tools.announce(tx, accountSeen, { accountId: account.account_id });
    const tokens = await openSession(tools, tx, account, { name: body.deviceName, userAgent });
    return { user: presentAccount(tools, account), tokens };
  });
}

/** Whose login and password they are, blocked or not; counts the try before it looks. */
export async function findByCredentials(
  tools: AccountsTools,
  { login: typed, password }: Pick<Static<typeof LoginBody>, 'login' | 'password'>,
): Promise<{ account: AccountRow; subject: Subject }> {
  checkPasswordBytes(password);
  const key = foldName(typed);
  const find = key.includes('@') ? findAccountByEmail : findAccountByUsername;
  const account = await find(tools.db.read, key);
  const subject = { account, typed: key };
  const isRight = await tryPassword(tools, subject, account?.password_hash ?? undefined, password);
  if (!isRight || !account || account.state === 'deleted') throw wrongCredentials({ accountId: account?.account_id });
  return { account, subject };
}

/** The one moment when the password is known: hashes made with older parameters are made anew. */
async function renewHash(
  { passwords }: AccountsTools,
  { password_hash: passwordHash }: AccountRow,
  password: string,
): Promise<string | undefined> {
  return passwordHash && passwords.isOutdated(passwordHash) ? passwords.hash(password) : undefined;
}
