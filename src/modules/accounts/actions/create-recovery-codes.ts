import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { checkPasswordBytes } from '../password-rules.ts';
import { replaceSavedCodes } from '../queries/codes.ts';
import { reauthenticate } from '../reauthenticate.ts';
import { makeSavedCodes } from '../saved-codes.ts';
import type { SavedCodes } from '../schemas/credentials.ts';
import type { AccountsTools } from '../tools.ts';

/** Makes ten codes for the day when the mailbox is lost; those made before are void. */
export async function createRecoveryCodes(
  tools: AccountsTools,
  actor: Actor,
  password: string | undefined,
): Promise<Static<typeof SavedCodes>> {
  if (password !== undefined) checkPasswordBytes(password);
  await reauthenticate(tools, actor, password);
  const { codes, hashes } = makeSavedCodes();
  await tools.db.transaction((tx) => replaceSavedCodes(tx, actor.accountId, 'recovery', hashes, tools.clock.now()));
  return { codes };
}
