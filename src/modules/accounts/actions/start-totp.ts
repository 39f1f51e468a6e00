import { Secret } from 'otpauth';
import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { totpAlreadyOn } from '../errors.ts';
import { checkPasswordBytes } from '../password-rules.ts';
import { upsertTotp } from '../queries/totp.ts';
import { lockReauthenticated, reauthenticate } from '../reauthenticate.ts';
import type { TotpSetup } from '../schemas/credentials.ts';
import { seal } from '../secret-box.ts';
import type { AccountsTools } from '../tools.ts';
import { openTotp } from '../totp.ts';

const SECRET_BYTES = 20;

/** Gives a secret for the authenticator app. Nothing is asked for at sign-in until a code of it was confirmed. */
export async function startTotp(
  tools: AccountsTools,
  actor: Actor,
  password: string | undefined,
): Promise<Static<typeof TotpSetup>> {
  if (password !== undefined) checkPasswordBytes(password);
  const proven = await reauthenticate(tools, actor, password);
  const secret = new Secret({ size: SECRET_BYTES }).base32;
  const { account_id: accountId, username } = proven;
  const sealed = seal(tools.secrets.box, accountId, secret);
  const isNew = await tools.db.transaction(async (tx) => {
    await lockReauthenticated(tools, tx, actor, proven);
    return upsertTotp(tx, accountId, sealed, tools.clock.now());
  });
  if (!isNew) throw totpAlreadyOn();
  return { secret, uri: openTotp(secret, username).toString() };
}
