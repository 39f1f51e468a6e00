import type { Static } from 'typebox';
import { accountBlocked, wrongCredentials } from '../errors.ts';
import { accountSeen } from '../events.ts';
import { foldName } from '../names.ts';
import { presentAccount } from '../present.ts';
import { findAccountByEmail, findAccountByUsername, markSeen } from '../queries.ts';
import type { LoginBody, SignedIn } from '../schemas.ts';
import { openSession } from '../sessions.ts';
import type { AccountsTools } from '../tools.ts';

/** Signs in by username or e-mail. An unknown person and a wrong password get the same answer in the same time. */
export async function login(
  tools: AccountsTools,
  body: Static<typeof LoginBody>,
): Promise<Required<Static<typeof SignedIn>>> {
  const key = foldName(body.login);
  const find = key.includes('@') ? findAccountByEmail : findAccountByUsername;
  const account = await find(tools.db.read, key);
  const isRight = await tools.passwords.verify(account?.password_hash ?? undefined, body.password);
  if (!isRight || !account || account.state === 'deleted') throw wrongCredentials();
  if (account.state !== 'active') throw accountBlocked();

  const now = tools.clock.now();
  return tools.db.transaction(async (tx) => {
    const tokens = await openSession(tools, tx, account, body.deviceName);
    const wasAway = await markSeen(tx, account.account_id, now, now);
    if (wasAway) await tools.announce(tx, accountSeen, { accountId: account.account_id });
    return { user: presentAccount(account), tokens };
  });
}
