import type { Tx } from '#platform/database.ts';
import { foldName } from '../names.ts';
import { insertAccounts } from '../queries/accounts.ts';
import type { AgeBand } from '../schemas/shapes.ts';
import type { AccountsTools } from '../tools.ts';

export type ImportedAccount = {
  accountId: string;
  username: string;
  ageBand: AgeBand;
  locale: 'en' | 'ru';
  createdAt: Date;
  lastActiveAt: Date;
  passwordHash?: string;
};

/** The bulk path for demo players and tests: no mail, no event; whoever imports tells the listeners. Returns how many were new. */
export function importAccounts(
  { termsVersion }: AccountsTools,
  tx: Tx,
  accounts: readonly ImportedAccount[],
): Promise<number> {
  return insertAccounts(
    tx,
    accounts.map((account) => ({
      account_id: account.accountId,
      username: account.username,
      username_key: foldName(account.username),
      email: null,
      email_key: null,
      email_verified_at: null,
      password_hash: account.passwordHash ?? null,
      role: 'user',
      state: 'active',
      age_band: account.ageBand,
      locale: account.locale,
      accepted_terms: termsVersion,
      created_at: account.createdAt,
      last_active_at: account.lastActiveAt,
    })),
  );
}
