import type { Insertable, Selectable } from 'kysely';
import type { Queryable } from '#platform/database.ts';
import type { Tables } from '#platform/tables.generated.ts';

export type AssistedRecoveryRow = Selectable<Tables['assisted_recoveries']>;

/** Replaces what staff began before for the same account: the delay begins anew. */
export const upsertAssistedRecovery = (tx: Queryable, row: Insertable<Tables['assisted_recoveries']>) =>
  tx
    .insertInto('assisted_recoveries')
    .values(row)
    .onConflict((oc) =>
      oc.column('account_id').doUpdateSet((eb) => ({
        email: eb.ref('excluded.email'),
        started_by: eb.ref('excluded.started_by'),
        reason: eb.ref('excluded.reason'),
        started_at: eb.ref('excluded.started_at'),
        due_at: eb.ref('excluded.due_at'),
        code_sent_at: null,
        code_hash: null,
      })),
    )
    .execute();

export const findAssistedRecovery = (db: Queryable, accountId: string): Promise<AssistedRecoveryRow | undefined> =>
  db.selectFrom('assisted_recoveries').selectAll().where('account_id', '=', accountId).executeTakeFirst();

export const setAssistedCode = (tx: Queryable, accountId: string, codeHash: Buffer, now: Date) =>
  tx
    .updateTable('assisted_recoveries')
    .set({ code_hash: codeHash, code_sent_at: now })
    .where('account_id', '=', accountId)
    .execute();

/** Whether the account has this code, sent after `since`. */
export async function hasAssistedCode(
  db: Queryable,
  accountId: string,
  codeHash: Buffer,
  since: Date,
): Promise<boolean> {
  const row = await db
    .selectFrom('assisted_recoveries')
    .select('account_id')
    .where('account_id', '=', accountId)
    .where('code_hash', '=', codeHash)
    .where('code_sent_at', '>', since)
    .executeTakeFirst();
  return row !== undefined;
}

/** Ends the recovery that the code belongs to; returns the address that it went to, unless it was stopped or used meanwhile. */
export async function spendAssistedCode(
  tx: Queryable,
  accountId: string,
  codeHash: Buffer,
): Promise<string | undefined> {
  const row = await tx
    .deleteFrom('assisted_recoveries')
    .where('account_id', '=', accountId)
    .where('code_hash', '=', codeHash)
    .returning('email')
    .executeTakeFirst();
  return row?.email;
}

/** Returns whether there was one. */
export async function deleteAssistedRecovery(tx: Queryable, accountId: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('assisted_recoveries')
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}
