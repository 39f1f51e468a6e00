import type { Static } from 'typebox';
import { isUniqueViolation, type Tx } from '#platform/database.ts';
import { createValidator } from '#platform/validation.ts';
import { usernameTaken } from '../errors.ts';
import { accountRegistered } from '../events.ts';
import { foldName } from '../names.ts';
import { insertAccount } from '../queries/accounts.ts';
import { NewAdminInput } from '../schemas/staff.ts';
import type { AccountsTools } from '../tools.ts';

export type NewAdmin = Static<typeof NewAdminInput>;

/**
 * Makes an administrator: for the command line, and for the one-time link of the first start, which says by `check`, in
 * the same transaction, whether it still may.
 */
export async function createAdmin(
  tools: AccountsTools,
  admin: NewAdmin,
  check: (tx: Tx) => Promise<void> = async () => {},
): Promise<string> {
  createValidator().compile(NewAdminInput, 'body')(admin);
  const { username, email, password } = admin;
  tools.passwordRules.check(password, [username, email]);
  const passwordHash = await tools.passwords.hash(password);
  const now = tools.clock.now();
  const accountId = tools.ids.next();
  try {
    await tools.db.transaction(async (tx) => {
      await check(tx);
      await insertAccount(tx, {
        account_id: accountId,
        username,
        username_key: foldName(username),
        email,
        email_key: foldName(email),
        email_verified_at: now,
        password_hash: passwordHash,
        role: 'admin',
        age_band: '18_plus',
        locale: 'en',
        accepted_terms: tools.termsVersion,
        created_at: now,
        last_active_at: now,
      });
      await tools.announce(tx, accountRegistered, { accountId });
    });
  } catch (error) {
    if (isUniqueViolation(error, 'accounts_username_key_key')) throw usernameTaken();
    throw error;
  }
  return accountId;
}
