import { type Insertable, sql } from 'kysely';
import type { Queryable, Tx } from '#platform/database.ts';
import type { Tables } from '#platform/tables.generated.ts';
import type { SanctionRow } from '../tables.ts';

export const insertSanction = (tx: Tx, row: Insertable<Tables['sanctions']>): Promise<SanctionRow> =>
  tx.insertInto('sanctions').values(row).returningAll().executeTakeFirstOrThrow();

export const findSanction = (db: Queryable, sanctionId: string): Promise<SanctionRow | undefined> =>
  db.selectFrom('sanctions').selectAll().where('sanction_id', '=', sanctionId).executeTakeFirst();

/** The latest first. */
export const findSanctionsOf = (db: Queryable, accountId: string, limit: number): Promise<SanctionRow[]> =>
  db
    .selectFrom('sanctions')
    .selectAll()
    .where('account_id', '=', accountId)
    .orderBy('sanction_id', 'desc')
    .limit(limit)
    .execute();

export const findSanctions = (db: Queryable, sanctionIds: readonly string[]): Promise<SanctionRow[]> =>
  db.selectFrom('sanctions').selectAll().where('sanction_id', '=', sql<string>`any(${sanctionIds}::uuid[])`).execute();

/** What is in force against somebody at a moment. */
export const findInForce = (db: Queryable, accountId: string, now: Date): Promise<SanctionRow[]> =>
  db
    .selectFrom('sanctions')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('lifted_at', 'is', null)
    .where((eb) => eb.or([eb('ends_at', 'is', null), eb('ends_at', '>', now)]))
    .execute();

/** Whether there is one of the kinds that is neither lifted nor, with its end told, over. */
export async function hasUnended(
  db: Queryable,
  accountId: string,
  kinds: readonly SanctionRow['kind'][],
): Promise<boolean> {
  const row = await db
    .selectFrom('sanctions')
    .select('sanction_id')
    .where('account_id', '=', accountId)
    .where('kind', 'in', kinds)
    .where('lifted_at', 'is', null)
    .where('expired_at', 'is', null)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export const markLifted = (tx: Tx, sanctionId: string, liftedBy: string, now: Date): Promise<SanctionRow> =>
  tx
    .updateTable('sanctions')
    .set({ lifted_at: now, lifted_by: liftedBy })
    .where('sanction_id', '=', sanctionId)
    .returningAll()
    .executeTakeFirstOrThrow();

/** Ended by time, and the account does not know yet. */
export const findEnded = (db: Queryable, now: Date, limit: number): Promise<SanctionRow[]> =>
  db
    .selectFrom('sanctions')
    .selectAll()
    .where('ends_at', '<=', now)
    .where('lifted_at', 'is', null)
    .where('expired_at', 'is', null)
    .orderBy('ends_at')
    .limit(limit)
    .execute();

/** False when another node was faster, or somebody lifted it. */
export async function markExpired(tx: Tx, sanctionId: string, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('sanctions')
    .set({ expired_at: now })
    .where('sanction_id', '=', sanctionId)
    .where('expired_at', 'is', null)
    .where('lifted_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export const clearSanctionWords = (tx: Tx, accountId: string) =>
  tx.updateTable('sanctions').set({ words: null }).where('account_id', '=', accountId).execute();
