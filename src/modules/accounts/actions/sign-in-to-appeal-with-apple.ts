import type { Static } from 'typebox';
import { lockAppleAccount, readAppleProof, spendAppleProof } from '../apple-proof.ts';
import { accountNotBlocked, wrongCredentials } from '../errors.ts';
import { presentAccount } from '../present.ts';
import { findAppleIdentity } from '../queries/apple.ts';
import type { AppleAppealBody } from '../schemas/apple.ts';
import type { SignedIn } from '../schemas/sign-in.ts';
import { openSession } from '../sessions.ts';
import { isActiveAt } from '../standing.ts';
import type { AccountsTools } from '../tools.ts';
import { checkSecondFactor } from '../totp.ts';

/**
 * `signInToAppeal` for those who have no password: what Apple says takes its place, and makes no account. The session is
 * also proof enough for a deletion, for as long as any fresh one is (`reauthenticate`).
 */
export async function signInToAppealWithApple(
  tools: AccountsTools,
  body: Static<typeof AppleAppealBody>,
  userAgent?: string,
): Promise<Required<Static<typeof SignedIn>>> {
  const identity = await readAppleProof(tools, body);
  const known = await findAppleIdentity(tools.db.read, identity.subject);
  if (!known) throw wrongCredentials();
  await checkSecondFactor(tools, known.account_id, body.totp);
  return tools.db.transaction(async (tx) => {
    const locked = await lockAppleAccount(tx, known);
    if (!locked || locked.state === 'deleted') throw wrongCredentials();
    if (isActiveAt(locked, tools.clock.now())) throw accountNotBlocked();
    await spendAppleProof(tools, tx, body, identity);
    const tokens = await openSession(tools, tx, locked, { name: body.deviceName, userAgent }, { isForAppeal: true });
    return { user: presentAccount(tools, locked), tokens };
  });
}
