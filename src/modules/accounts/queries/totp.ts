import type { Selectable } from 'kysely';
import type { Queryable } from '#platform/database.ts';
import type { Tables } from '#platform/tables.generated.ts';

export type TotpRow = Selectable<Tables['totp']>;

export const findTotp = (db: Queryable, accountId: string): Promise<TotpRow | undefined> =>
  db.selectFrom('totp').selectAll().where('account_id', '=', accountId).executeTakeFirst();

/** Replaces a secret that was never confirmed; a confirmed one stays. Returns whether it was written. */
export async function upsertTotp(tx: Queryable, accountId: string, secret: Buffer, now: Date): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('totp')
    .values({ account_id: accountId, secret, created_at: now })
    .onConflict((oc) =>
      oc
        .column('account_id')
        .doUpdateSet({ secret, created_at: now, last_step: 0 })
        .where('totp.confirmed_at', 'is', null),
    )
    .executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Takes a step of time once: false when this or a later code was used before. */
export async function takeTotpStep(db: Queryable, accountId: string, step: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('totp')
    .set({ last_step: step })
    .where('account_id', '=', accountId)
    .where('last_step', '<', step)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export const markTotpConfirmed = (tx: Queryable, accountId: string, now: Date) =>
  tx.updateTable('totp').set({ confirmed_at: now }).where('account_id', '=', accountId).execute();

/** Returns whether there was a confirmed one. */
export async function deleteTotp(tx: Queryable, accountId: string): Promise<boolean> {
  const row = await tx
    .deleteFrom('totp')
    .where('account_id', '=', accountId)
    .returning('confirmed_at')
    .executeTakeFirst();
  return Boolean(row?.confirmed_at);
}
