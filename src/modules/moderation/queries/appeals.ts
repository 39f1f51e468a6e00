import { type Insertable, sql } from 'kysely';
import type { Queryable, Tx } from '#platform/database.ts';
import type { Tables } from '#platform/tables.generated.ts';
import type { AppealRow } from '../tables.ts';

/** Returns nothing when there is one already. */
export const insertAppeal = (tx: Tx, row: Insertable<Tables['appeals']>): Promise<AppealRow | undefined> =>
  tx
    .insertInto('appeals')
    .values(row)
    .onConflict((oc) => oc.column('sanction_id').doNothing())
    .returningAll()
    .executeTakeFirst();

export const findAppealsOf = (db: Queryable, sanctionIds: readonly string[]): Promise<AppealRow[]> =>
  db.selectFrom('appeals').selectAll().where('sanction_id', '=', sql<string>`any(${sanctionIds}::uuid[])`).execute();

/** Those that wait, the oldest first, without those of one person. */
export const findWaitingAppeals = (
  db: Queryable,
  { notBy, limit, after }: { notBy: string; limit: number; after: string | undefined },
): Promise<AppealRow[]> =>
  db
    .selectFrom('appeals')
    .selectAll()
    .where('decision', 'is', null)
    .where('account_id', '<>', notBy)
    .$if(after !== undefined, (all) => all.where('appeal_id', '>', after ?? ''))
    .orderBy('appeal_id')
    .limit(limit)
    .execute();

export const lockAppeal = (tx: Tx, appealId: string): Promise<AppealRow | undefined> =>
  tx.selectFrom('appeals').selectAll().where('appeal_id', '=', appealId).forUpdate().executeTakeFirst();

export const updateDecision = (
  tx: Tx,
  appealId: string,
  decision: Pick<AppealRow, 'decision' | 'answer' | 'decided_by' | 'decided_at'>,
): Promise<AppealRow> =>
  tx.updateTable('appeals').set(decision).where('appeal_id', '=', appealId).returningAll().executeTakeFirstOrThrow();

export const deleteAppealsOf = (tx: Tx, accountId: string) =>
  tx.deleteFrom('appeals').where('account_id', '=', accountId).execute();
