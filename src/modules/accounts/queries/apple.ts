import type { Insertable, Selectable } from 'kysely';
import type { Queryable } from '#platform/database.ts';
import type { Tables } from '#platform/tables.generated.ts';

export type AppleIdentityRow = Selectable<Tables['apple_identities']>;

export const findAppleIdentity = (db: Queryable, subject: string): Promise<AppleIdentityRow | undefined> =>
  db.selectFrom('apple_identities').selectAll().where('subject', '=', subject).executeTakeFirst();

export const findAppleIdentityOf = (db: Queryable, accountId: string): Promise<AppleIdentityRow | undefined> =>
  db.selectFrom('apple_identities').selectAll().where('account_id', '=', accountId).executeTakeFirst();

/** Locked, so that no token comes between the look and the end of the row. */
export const lockAppleIdentityOf = (tx: Queryable, accountId: string): Promise<AppleIdentityRow | undefined> =>
  tx.selectFrom('apple_identities').selectAll().where('account_id', '=', accountId).forUpdate().executeTakeFirst();

export const insertAppleIdentity = (tx: Queryable, row: Insertable<Tables['apple_identities']>) =>
  tx.insertInto('apple_identities').values(row).execute();

/** Returns whether the account still has an Apple ID to keep the token for. */
export async function updateAppleToken(tx: Queryable, accountId: string, refreshToken: Buffer): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('apple_identities')
    .set({ refresh_token: refreshToken })
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Returns whether the account had one. */
export async function deleteAppleIdentity(tx: Queryable, accountId: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('apple_identities')
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Notes an identity token as used; false when it was used before. Those that have ended are forgotten. */
export async function useAppleToken(tx: Queryable, tokenHash: Buffer, expiresAt: Date, now: Date): Promise<boolean> {
  await tx.deleteFrom('apple_tokens_used').where('expires_at', '<', now).execute();
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('apple_tokens_used')
    .values({ token_hash: tokenHash, expires_at: expiresAt })
    .onConflict((oc) => oc.doNothing())
    .executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}
