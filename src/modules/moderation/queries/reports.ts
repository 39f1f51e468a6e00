import { type Insertable, sql } from 'kysely';
import type { Queryable, Tx } from '#platform/database.ts';
import type { Tables } from '#platform/tables.generated.ts';
import type { ReportRow } from '../tables.ts';

/** Whoever counts what somebody reported today, and adds to it, waits for the others who do. */
export async function lockReporter(tx: Tx, reporterId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`reports of ${reporterId}`}, 0))`.execute(tx);
}

export async function countReportsSince(tx: Tx, reporterId: string, since: Date): Promise<number> {
  const { count } = await tx
    .selectFrom('reports')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('reporter_id', '=', reporterId)
    .where('created_at', '>', since)
    .executeTakeFirstOrThrow();
  return count;
}

export async function tallyReports(
  db: Queryable,
  reporterId: string,
): Promise<{ upheld: number; dismissed: number; waiting: number }> {
  const { rows } = await sql<{ upheld: number; dismissed: number; waiting: number }>`
    select count(*) filter (where outcome = 'upheld') as upheld,
      count(*) filter (where outcome = 'dismissed') as dismissed,
      count(*) filter (where outcome is null) as waiting
    from reports where reporter_id = ${reporterId}`.execute(db);
  return rows[0] ?? { upheld: 0, dismissed: 0, waiting: 0 };
}

/** Returns nothing when the same person, or the text rules, have said it in the same case already. */
export const insertReport = (tx: Tx, row: Insertable<Tables['reports']>): Promise<ReportRow | undefined> =>
  tx
    .insertInto('reports')
    .values(row)
    .onConflict((oc) => oc.doNothing())
    .returningAll()
    .$castTo<ReportRow>()
    .executeTakeFirst();

export const findReport = (
  db: Queryable,
  caseId: string,
  reporterId: string | undefined,
  subjectKey: string,
): Promise<ReportRow> =>
  db
    .selectFrom('reports')
    .selectAll()
    .where('case_id', '=', caseId)
    .where(sql<boolean>`reporter_id is not distinct from ${reporterId ?? null}`)
    .where('subject_key', '=', subjectKey)
    .$castTo<ReportRow>()
    .executeTakeFirstOrThrow();

/** What one person reported, the latest first. */
export const findReportsBy = (
  db: Queryable,
  reporterId: string,
  limit: number,
  before: string | undefined,
): Promise<ReportRow[]> =>
  db
    .selectFrom('reports')
    .selectAll()
    .where('reporter_id', '=', reporterId)
    .$if(before !== undefined, (all) => all.where('report_id', '<', before ?? ''))
    .orderBy('report_id', 'desc')
    .limit(limit)
    .$castTo<ReportRow>()
    .execute();

export const findReportsOf = (db: Queryable, caseId: string, limit: number): Promise<ReportRow[]> =>
  db
    .selectFrom('reports')
    .selectAll()
    .where('case_id', '=', caseId)
    .orderBy('report_id', 'desc')
    .limit(limit)
    .$castTo<ReportRow>()
    .execute();

/** The reporters of a case, each with the gravest that they said. */
export async function findVoices(tx: Tx, caseId: string) {
  const { rows } = await sql<{ reporter_id: string; weight: number; severity: number }>`
    select distinct on (reporter) coalesce(reporter_id, report_id) as reporter_id, weight, severity
    from reports, lateral (select coalesce(reporter_id, report_id) as reporter) as who
    where case_id = ${caseId}
    order by reporter, weight * severity desc`.execute(tx);
  return rows;
}

export const closeReports = (tx: Tx, caseId: string, outcome: 'upheld' | 'dismissed'): Promise<ReportRow[]> =>
  tx
    .updateTable('reports')
    .set({ outcome })
    .where('case_id', '=', caseId)
    .returningAll()
    .$castTo<ReportRow>()
    .execute();

/** Reports of cases resolved before a moment whose evidence is still there. */
export async function lockExpiredEvidence(
  tx: Tx,
  resolvedBefore: Date,
  limit: number,
): Promise<{ report_id: string; media_ids: string[] }[]> {
  const { rows } = await sql<{ report_id: string; media_ids: string[] }>`
    select report_id, media_ids from reports join moderation_cases using (case_id)
    where state = 'resolved' and resolved_at <= ${resolvedBefore} and evidence is not null
    order by resolved_at limit ${limit} for update of reports skip locked`.execute(tx);
  return rows;
}

export const deleteEvidence = (tx: Tx, reportIds: readonly string[]) =>
  tx
    .updateTable('reports')
    .set({ evidence: null, comment: null, media_ids: [] })
    .where('report_id', '=', sql<string>`any(${reportIds}::uuid[])`)
    .execute();
