import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { isUniqueViolation } from '#platform/database.ts';
import { queueAppleExchange } from '../apple-jobs.ts';
import { readAppleProof, spendAppleProof } from '../apple-proof.ts';
import { isBannedIdentity } from '../bans.ts';
import { accountBlocked, appleAlreadyLinked } from '../errors.ts';
import { securityNoted } from '../events.ts';
import { queueMail } from '../mails.ts';
import { checkPasswordBytes } from '../password-rules.ts';
import { insertAppleIdentity } from '../queries/apple.ts';
import { lockReauthenticated, reauthenticate } from '../reauthenticate.ts';
import type { LinkAppleBody } from '../schemas/apple.ts';
import type { AccountsTools } from '../tools.ts';
import { checkSecondFactor } from '../totp.ts';

/** Adds Sign in with Apple to the caller's account. It opens as much as the password does, so it asks for as much. */
export async function linkApple(
  tools: AccountsTools,
  actor: Actor,
  { password, totp, authorizationCode, ...proof }: Static<typeof LinkAppleBody>,
): Promise<void> {
  if (password !== undefined) checkPasswordBytes(password);
  const { accountId } = actor;
  const identity = await readAppleProof(tools, proof);
  const proven = await reauthenticate(tools, actor, password);
  await checkSecondFactor(tools, accountId, totp);
  const { subject, clientId } = identity;
  const now = tools.clock.now();
  try {
    await tools.db.transaction(async (tx) => {
      const { email, email_verified_at, username, locale } = await lockReauthenticated(tools, tx, actor, proven);
      if (await isBannedIdentity(tools, tx, identity)) throw accountBlocked();
      await spendAppleProof(tools, tx, proof, identity);
      await insertAppleIdentity(tx, { subject, account_id: accountId, client_id: clientId, linked_at: now });
      if (authorizationCode !== undefined) await queueAppleExchange(tools, tx, accountId, authorizationCode, clientId);
      await tools.announce(tx, securityNoted, { accountId, code: 'apple_linked' });
      if (!email || !email_verified_at) return;
      const values = { username, happenedAt: now.toISOString() };
      await queueMail(tools, tx, { name: 'appleLinked', to: email, locale, values });
    });
  } catch (error) {
    const isTaken = ['apple_identities_pkey', 'apple_identities_account_id_key'].some((constraint) =>
      isUniqueViolation(error, constraint),
    );
    throw isTaken ? appleAlreadyLinked() : error;
  }
}
