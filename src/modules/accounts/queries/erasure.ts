import type { Queryable } from '#platform/database.ts';

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

export const insertBan = (tx: Queryable, identifierHash: Buffer, now: Date) =>
  tx
    .insertInto('banned_identifiers')
    .values({ identifier_hash: identifierHash, banned_at: now })
    .onConflict((oc) => oc.doNothing())
    .execute();

export async function hasBan(db: Queryable, identifierHash: Buffer): Promise<boolean> {
  const row = await db
    .selectFrom('banned_identifiers')
    .select('banned_at')
    .where('identifier_hash', '=', identifierHash)
    .executeTakeFirst();
  return row !== undefined;
}
