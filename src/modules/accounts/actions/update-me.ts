import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { termsOutdated } from '../errors.ts';
import { presentAccount } from '../present.ts';
import { updateAccount } from '../queries/accounts.ts';
import type { Account, UpdateMeBody } from '../schemas/sign-in.ts';
import { tellOfRights } from '../standing.ts';
import type { AccountsTools } from '../tools.ts';

/** Changes what a person may change without proving more than the session. */
export async function updateMe(
  tools: AccountsTools,
  { accountId }: Actor,
  { locale, acceptedTerms }: Static<typeof UpdateMeBody>,
): Promise<Static<typeof Account>> {
  if (acceptedTerms !== undefined && acceptedTerms !== tools.termsVersion) throw termsOutdated();
  const change = { ...(locale && { locale }), ...(acceptedTerms && { accepted_terms: acceptedTerms }) };
  return tools.db.transaction(async (tx) => {
    const account = await updateAccount(tx, accountId, change);
    if (acceptedTerms !== undefined) tellOfRights(tools, tx, accountId);
    return presentAccount(tools, account);
  });
}
