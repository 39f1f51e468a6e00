import type { Static } from 'typebox';
import type { Account } from './schemas.ts';
import type { AccountRow } from './tables.ts';

export function presentAccount(row: AccountRow): Static<typeof Account> {
  return {
    userId: row.account_id,
    username: row.username,
    ...(row.email !== null && { email: row.email }),
    isEmailVerified: row.email_verified_at !== null,
    role: row.role,
    ageBand: row.age_band,
    locale: row.locale,
    createdAt: row.created_at,
  };
}
