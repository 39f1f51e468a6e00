import { randomBytes } from 'node:crypto';
import type { Static } from 'typebox';
import type { Locale } from '#platform/errors.ts';
import { GUEST_PREFIX } from '../names.ts';
import { presentAccount } from '../present.ts';
import { insertAccount } from '../queries/accounts.ts';
import type { GuestBody, SignedIn } from '../schemas/sign-in.ts';
import { openSession } from '../sessions.ts';
import type { AccountsTools } from '../tools.ts';

/**
 * Lets somebody look around without an account of their own. A guest reads the catalogue and searches, writes to nobody
 * and is found by nobody: no event tells the other modules of them until they register, keeping their id.
 */
export async function createGuest(
  tools: AccountsTools,
  { locale, ageBand = '13_15', deviceName }: Static<typeof GuestBody>,
  fallback: Locale,
  userAgent?: string,
): Promise<Required<Static<typeof SignedIn>>> {
  const username = `${GUEST_PREFIX}${randomBytes(8).toString('hex')}`;
  const now = tools.clock.now();
  return tools.db.transaction(async (tx) => {
    const account = await insertAccount(tx, {
      account_id: tools.ids.next(),
      username,
      username_key: username,
      role: 'guest',
      age_band: ageBand,
      locale: locale ?? fallback,
      accepted_terms: '',
      created_at: now,
      last_active_at: now,
    });
    return {
      user: presentAccount(tools, account),
      tokens: await openSession(tools, tx, account, { name: deviceName, userAgent }),
    };
  });
}
