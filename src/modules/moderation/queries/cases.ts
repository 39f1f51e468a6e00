import { type Insertable, sql, type Updateable } from 'kysely';
import type { Queryable, Tx } from '#platform/database.ts';
import type { Tables } from '#platform/tables.generated.ts';
import type { CasesQuery } from '../schemas/cases.ts';
import type { CaseRow, NoteRow } from '../tables.ts';

/** Makes the open case about somebody, unless there is one, and locks it. */
export async function lockOpenCase(tx: Tx, fresh: Insertable<Tables['moderation_cases']>): Promise<CaseRow> {
  await sql`
    insert into moderation_cases (case_id, kind, accused_id, state, priority, opened_at, due_at)
    values (${fresh.case_id}, ${fresh.kind}, ${fresh.accused_id}, 'open', 0, ${fresh.opened_at}, ${fresh.due_at})
    on conflict (accused_id, kind) where state = 'open' do nothing`.execute(tx);
  const open = await tx
    .selectFrom('moderation_cases')
    .selectAll()
    .where('accused_id', '=', fresh.accused_id)
    .where('kind', '=', fresh.kind)
    .where('state', '=', 'open')
    .forUpdate()
    .executeTakeFirst();
  // It was resolved between the two: now there is none, and the next try makes one.
  return open ?? lockOpenCase(tx, fresh);
}

export const lockCase = (tx: Tx, caseId: string): Promise<CaseRow | undefined> =>
  tx.selectFrom('moderation_cases').selectAll().where('case_id', '=', caseId).forUpdate().executeTakeFirst();

export async function hasOpenCase(db: Queryable, accusedId: string): Promise<boolean> {
  const row = await db
    .selectFrom('moderation_cases')
    .select('case_id')
    .where('accused_id', '=', accusedId)
    .where('state', '=', 'open')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export const updateCase = (tx: Tx, caseId: string, change: Updateable<Tables['moderation_cases']>): Promise<CaseRow> =>
  tx.updateTable('moderation_cases').set(change).where('case_id', '=', caseId).returningAll().executeTakeFirstOrThrow();

/** A case with what its reports say of it. */
export type ListedCaseRow = CaseRow & { reasons: string[]; subject_kinds: string[]; report_count: number };

const listed = sql`
  select moderation_cases.*, summary.reasons, summary.subject_kinds, summary.report_count
  from moderation_cases cross join lateral (
    select array_agg(distinct reason) as reasons, array_agg(distinct subject_kind) as subject_kinds,
      count(*) as report_count
    from reports where reports.case_id = moderation_cases.case_id
  ) as summary`;

export async function findCase(db: Queryable, caseId: string): Promise<ListedCaseRow | undefined> {
  const { rows } = await sql<ListedCaseRow>`${listed} where moderation_cases.case_id = ${caseId}`.execute(db);
  return rows[0];
}

export type CasePlace = { priority: number; caseId: string };

/** Open cases by urgency or age; resolved ones the latest first. */
export async function findCases(
  db: Queryable,
  query: Pick<CasesQuery, 'kind' | 'reason' | 'subjectKind' | 'accusedId' | 'overdue' | 'sort'> & {
    state: 'open' | 'resolved';
    notAbout: string;
  },
  { now, limit, after }: { now: Date; limit: number; after: CasePlace | undefined },
): Promise<ListedCaseRow[]> {
  const { state, kind, reason, subjectKind, accusedId, notAbout, overdue } = query;
  const isByUrgency = state === 'open' && query.sort !== 'oldest';
  const order = isByUrgency
    ? sql`order by priority desc, moderation_cases.case_id`
    : sql`order by moderation_cases.case_id ${state === 'open' ? sql`asc` : sql`desc`}`;
  const { rows } = await sql<ListedCaseRow>`
    ${listed}
    where state = ${state} and accused_id <> ${notAbout}
      ${kind ? sql`and kind = ${kind}` : sql``}
      ${accusedId ? sql`and accused_id = ${accusedId}` : sql``}
      ${overdue === undefined ? sql`` : overdue ? sql`and due_at <= ${now}` : sql`and due_at > ${now}`}
      ${reason ? sql`and ${reason} = any(summary.reasons)` : sql``}
      ${subjectKind ? sql`and ${subjectKind} = any(summary.subject_kinds)` : sql``}
      ${after ? beyond(after, isByUrgency, state) : sql``}
    ${order} limit ${limit}`.execute(db);
  return rows;
}

const beyond = ({ priority, caseId }: CasePlace, isByUrgency: boolean, state: 'open' | 'resolved') =>
  isByUrgency
    ? sql`and (priority < ${priority}::real or (priority = ${priority}::real and moderation_cases.case_id > ${caseId}))`
    : sql`and moderation_cases.case_id ${state === 'open' ? sql`>` : sql`<`} ${caseId}`;

export async function findCasesOf(db: Queryable, accusedId: string, limit: number): Promise<ListedCaseRow[]> {
  const { rows } = await sql<ListedCaseRow>`
    ${listed} where accused_id = ${accusedId} order by moderation_cases.case_id desc limit ${limit}`.execute(db);
  return rows;
}

/** Open cases, those beyond their day, and when the oldest was opened. */
export async function measureQueue(db: Queryable, now: Date) {
  const { rows } = await sql<{ open: number; overdue: number; oldest_at: Date | null }>`
    select count(*) as open, count(*) filter (where due_at <= ${now}) as overdue, min(opened_at) as oldest_at
    from moderation_cases where state = 'open'`.execute(db);
  return rows[0] ?? { open: 0, overdue: 0, oldest_at: null };
}

export const insertNote = (tx: Tx, note: Insertable<Tables['case_notes']>): Promise<NoteRow> =>
  tx.insertInto('case_notes').values(note).returningAll().executeTakeFirstOrThrow();

export const deleteNotes = (db: Queryable, resolvedBefore: Date) =>
  db
    .deleteFrom('case_notes')
    .using('moderation_cases')
    .whereRef('moderation_cases.case_id', '=', 'case_notes.case_id')
    .where('state', '=', 'resolved')
    .where('resolved_at', '<=', resolvedBefore)
    .execute();

export const findNotes = (db: Queryable, caseId: string, limit: number): Promise<NoteRow[]> =>
  db
    .selectFrom('case_notes')
    .selectAll()
    .where('case_id', '=', caseId)
    .orderBy('note_id', 'desc')
    .limit(limit)
    .execute();

export const findNotesAbout = (db: Queryable, accusedId: string, limit: number): Promise<NoteRow[]> =>
  db
    .selectFrom('case_notes')
    .innerJoin('moderation_cases', 'moderation_cases.case_id', 'case_notes.case_id')
    .selectAll('case_notes')
    .where('accused_id', '=', accusedId)
    .orderBy('note_id', 'desc')
    .limit(limit)
    .execute();
