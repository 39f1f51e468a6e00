import type { Static } from 'typebox';
import { isUniqueViolation } from '#platform/database.ts';
import type { Locale } from '#platform/errors.ts';
import { inputFault } from '#platform/validation.ts';
import { makeCode } from '../codes.ts';
import { sendEmailCode } from '../email-codes.ts';
import { termsOutdated, usernameTaken } from '../errors.ts';
import { accountRegistered } from '../events.ts';
import { foldName, isReservedName } from '../names.ts';
import { presentAccount } from '../present.ts';
import { findAccountByUsername, insertAccount } from '../queries/accounts.ts';
import type { RegisterBody, SignedIn } from '../schemas.ts';
import { openSession } from '../sessions.ts';
import { TERMS_VERSION } from '../terms.ts';
import type { AccountsTools } from '../tools.ts';

/** Makes a user and signs him in. Safe to retry: the same registration within ten minutes signs in again. */
export async function register(
  tools: AccountsTools,
  body: Static<typeof RegisterBody>,
  locale: Locale,
): Promise<Required<Static<typeof SignedIn>>> {
  const usernameKey = foldName(body.username);
  if (body.acceptedTerms !== TERMS_VERSION) throw termsOutdated();
  if (isReservedName(usernameKey)) throw inputFault('/body/username', 'format', RESERVED_WORD);
  tools.passwordRules.check(body.password, [body.username, body.email]);
  const passwordHash = await tools.passwords.hash(body.password);
  const newCode = await makeCode(tools);
  const now = tools.clock.now();

  try {
    return await tools.db.transaction(async (tx) => {
      const account = await insertAccount(tx, {
        account_id: tools.ids.next(),
        username: body.username,
        username_key: usernameKey,
        email: body.email,
        email_key: foldName(body.email),
        password_hash: passwordHash,
        role: 'user',
        age_band: body.ageBand,
        locale: body.locale ?? locale,
        accepted_terms: body.acceptedTerms,
        created_at: now,
        last_active_at: now,
      });
      await tools.announce(tx, accountRegistered, { accountId: account.account_id });
      await sendEmailCode(tools, tx, newCode, account, { email: body.email });
      const tokens = await openSession(tools, tx, account, body.deviceName);
      return { user: presentAccount(account), tokens };
    });
  } catch (error) {
    if (!isUniqueViolation(error, 'accounts_username_key_key')) throw error;
    return signInAgain(tools, body, usernameKey);
  }
}

/** A client that lost the first answer asks again: whoever knows name, address and password of a fresh account made it. */
async function signInAgain(
  tools: AccountsTools,
  body: Static<typeof RegisterBody>,
  usernameKey: string,
): Promise<Required<Static<typeof SignedIn>>> {
  const account = await findAccountByUsername(tools.db.read, usernameKey);
  const isFresh = account && tools.clock.now().getTime() - account.created_at.getTime() < RETRY_MS;
  if (!isFresh || account.email_key !== foldName(body.email) || account.state !== 'active') throw usernameTaken();
  if (!(await tools.passwords.verify(account.password_hash ?? undefined, body.password))) throw usernameTaken();
  const tokens = await tools.db.transaction((tx) => openSession(tools, tx, account, body.deviceName));
  return { user: presentAccount(account), tokens };
}

const RETRY_MS = 600_000;

export const RESERVED_WORD = { en: 'is a reserved word', ru: 'зарезервировано' };
