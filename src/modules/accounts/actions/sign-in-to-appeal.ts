import type { Static } from 'typebox';
import { accountNotBlocked, wrongCredentials } from '../errors.ts';
import { presentAccount } from '../present.ts';
import { lockAccount } from '../queries/accounts.ts';
import type { LoginBody, SignedIn } from '../schemas/sign-in.ts';
import { openSession } from '../sessions.ts';
import { forgiveSignIn } from '../sign-in-locks.ts';
import { isActiveAt } from '../standing.ts';
import type { AccountsTools } from '../tools.ts';
import { checkSecondFactor } from '../totp.ts';
import { findByCredentials } from './login.ts';

/**
 * Lets a suspended or banned person in to read why, to appeal, and to take or delete what is theirs: for an hour, without
 * sockets, and with nothing else. The same checks as a sign-in.
 */
export async function signInToAppeal(
  tools: AccountsTools,
  body: Static<typeof LoginBody>,
  userAgent?: string,
): Promise<Required<Static<typeof SignedIn>>> {
  const { account, subject } = await findByCredentials(tools, body);
  const now = tools.clock.now();
  if (isActiveAt(account, now)) throw accountNotBlocked();
  await checkSecondFactor(tools, account.account_id, body.totp);
  return tools.db.transaction(async (tx) => {
    const locked = await lockAccount(tx, account.account_id);
    if (locked?.password_hash !== account.password_hash || locked.state === 'deleted') throw wrongCredentials();
    if (isActiveAt(locked, now)) throw accountNotBlocked();
    await forgiveSignIn(tools, tx, subject);
    const tokens = await openSession(tools, tx, locked, { name: body.deviceName, userAgent }, { isForAppeal: true });
    return { user: presentAccount(tools, locked), tokens };
  });
}
