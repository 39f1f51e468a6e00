import { sql, type Updateable } from 'kysely';
import type { Queryable, Tx } from '#platform/database.ts';
import type { Tables } from '#platform/tables.generated.ts';
import type { NotificationSettingsRow } from '../tables.ts';

export const findSettings = (db: Queryable, accountIds: readonly string[]): Promise<NotificationSettingsRow[]> =>
  db
    .selectFrom('notification_settings')
    .selectAll()
    .where('account_id', '=', sql<string>`any(${accountIds}::uuid[])`)
    .execute();

/** The row of the account, made at need, locked for a change. */
export async function lockSettings(tx: Tx, accountId: string): Promise<NotificationSettingsRow> {
  await tx
    .insertInto('notification_settings')
    .values({ account_id: accountId })
    .onConflict((oc) => oc.doNothing())
    .execute();
  return tx
    .selectFrom('notification_settings')
    .selectAll()
    .where('account_id', '=', accountId)
    .forUpdate()
    .executeTakeFirstOrThrow();
}

export const updateSettings = (
  tx: Tx,
  accountId: string,
  change: Updateable<Tables['notification_settings']>,
): Promise<NotificationSettingsRow> =>
  tx
    .updateTable('notification_settings')
    .set(change)
    .where('account_id', '=', accountId)
    .returningAll()
    .executeTakeFirstOrThrow();

export const deleteSettings = (tx: Tx, accountId: string) =>
  tx.deleteFrom('notification_settings').where('account_id', '=', accountId).execute();
