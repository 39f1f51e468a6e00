import type { Insertable } from 'kysely';
import type { Queryable } from '#platform/database.ts';
import type { Tables } from '#platform/tables.generated.ts';

/** Takes away all by which an account could be entered, and the list of its devices. */
export async function deleteSecrets(tx: Queryable, accountId: string): Promise<void> {
  for (const table of [
    'sessions',
    'account_codes',
    'saved_codes',
    'assisted_recoveries',
    'totp',
    'apple_identities',
  ] as const)
    await tx.deleteFrom(table).where('account_id', '=', accountId).execute();
}

export const insertBan = (tx: Queryable, row: Insertable<Tables['banned_identifiers']>) =>
  tx.insertInto('banned_identifiers').values(row).execute();

export const updateBansOf = (tx: Queryable, accountId: string, endsAt: Date) =>
  tx.updateTable('banned_identifiers').set({ ends_at: endsAt }).where('account_id', '=', accountId).execute();

export async function hasBan(db: Queryable, identifierHash: Buffer, now: Date): Promise<boolean> {
  const row = await db
    .selectFrom('banned_identifiers')
    .select('banned_at')
    .where('identifier_hash', '=', identifierHash)
    .where('ends_at', '>', now)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
