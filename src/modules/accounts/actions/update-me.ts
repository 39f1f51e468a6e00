import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { termsOutdated } from '../errors.ts';
import { presentAccount } from '../present.ts';
import { updateAccount } from '../queries/accounts.ts';
import type { Account, UpdateMeBody } from '../schemas/sign-in.ts';
import { TERMS_VERSION } from '../terms.ts';
import type { AccountsTools } from '../tools.ts';

/** Changes what a person may change without proving more than the session. */
export async function updateMe(
  { db }: AccountsTools,
  { accountId }: Actor,
  { locale, acceptedTerms }: Static<typeof UpdateMeBody>,
): Promise<Static<typeof Account>> {
  if (acceptedTerms !== undefined && acceptedTerms !== TERMS_VERSION) throw termsOutdated();
  const change = { ...(locale && { locale }), ...(acceptedTerms && { accepted_terms: acceptedTerms }) };
  return db.transaction(async (tx) => presentAccount(await updateAccount(tx, accountId, change)));
}
