import { sql } from 'kysely';
import type { Queryable } from '#platform/database.ts';

/**
 * What a sign-in leaves behind in one statement, the account being locked: the count of failures begins anew, a code of
 * recovery is void, the account is seen, a hash made anew is kept.
 */
export async function recordSignIn(
  tx: Queryable,
  signIn: { accountId: string; subject: Buffer; lastActiveAt: Date; passwordHash: string | null },
): Promise<void> {
  const { accountId, subject, lastActiveAt, passwordHash } = signIn;
  await sql`
    with forgiven as (delete from sign_in_failures where subject_hash = ${subject}),
      voided as (
        update account_codes set code_hash = null, link_hash = null
        where account_id = ${accountId} and purpose = 'recovery' and code_hash is not null
      )
    update accounts set last_active_at = ${lastActiveAt}, password_hash = ${passwordHash}
    where account_id = ${accountId} and (last_active_at, password_hash) is distinct from (${lastActiveAt}, ${passwordHash})
  `.execute(tx);
}
