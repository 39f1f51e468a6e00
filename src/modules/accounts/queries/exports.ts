import type { Insertable, Selectable } from 'kysely';
import type { Queryable } from '#platform/database.ts';
import type { Tables } from '#platform/tables.generated.ts';

export type ExportRow = Selectable<Tables['account_exports']>;

export const findExportOf = (db: Queryable, accountId: string): Promise<ExportRow | undefined> =>
  db.selectFrom('account_exports').selectAll().where('account_id', '=', accountId).executeTakeFirst();

export const findExport = (db: Queryable, exportId: string): Promise<ExportRow | undefined> =>
  db.selectFrom('account_exports').selectAll().where('export_id', '=', exportId).executeTakeFirst();

/** Puts a new export in the place of the one before. */
export const upsertExport = (
  tx: Queryable,
  row: Insertable<Tables['account_exports']> & { requested_that_day: number },
): Promise<ExportRow> =>
  tx
    .insertInto('account_exports')
    .values(row)
    .onConflict((oc) =>
      oc.column('account_id').doUpdateSet({
        ...row,
        folder: null,
        part_count: null,
        size_bytes: null,
        expires_at: null,
      }),
    )
    .returningAll()
    .executeTakeFirstOrThrow();

/** Returns false when the export was replaced or erased meanwhile, or another run has finished it. */
export async function markExportReady(
  tx: Queryable,
  exportId: string,
  archive: { folder: string; part_count: number; size_bytes: number; expires_at: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('account_exports')
    .set({ ...archive, state: 'ready' })
    .where('export_id', '=', exportId)
    .where('state', '=', 'preparing')
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export const findExpiredExports = (db: Queryable, now: Date, limit: number): Promise<ExportRow[]> =>
  db
    .selectFrom('account_exports')
    .selectAll()
    .where('state', '=', 'ready')
    .where('expires_at', '<=', now)
    .limit(limit)
    .execute();

/** Returns the id of the export that there was. */
export async function deleteExportOf(tx: Queryable, accountId: string): Promise<string | undefined> {
  const row = await tx
    .deleteFrom('account_exports')
    .where('account_id', '=', accountId)
    .returning('export_id')
    .executeTakeFirst();
  return row?.export_id;
}

export const deleteExport = (db: Queryable, exportId: string) =>
  db.deleteFrom('account_exports').where('export_id', '=', exportId).execute();
