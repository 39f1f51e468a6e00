import { type Static, Type } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import type { Locale } from '#platform/errors.ts';
import { DEFAULT_LIMIT } from '#platform/paging.ts';
import { presentReport } from '../present.ts';
import { findReportsBy } from '../queries/reports.ts';
import type { PageQuery } from '../schemas/cases.ts';
import type { ReportPage } from '../schemas/reports.ts';
import type { ModerationTools } from '../tools.ts';

/** What the caller reported and what came of it, the latest first. */
export async function listMyReports(
  { db, cursors }: ModerationTools,
  { accountId }: Actor,
  { limit = DEFAULT_LIMIT, cursor }: Static<typeof PageQuery>,
  locale: Locale,
): Promise<Static<typeof ReportPage>> {
  const purpose = `listMyReports:${accountId}`;
  const before = cursor === undefined ? undefined : cursors.open(purpose, Type.String(), cursor);
  const rows = await findReportsBy(db.read, accountId, limit + 1, before);
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return {
    items: shown.map((row) => presentReport(row, locale)),
    ...(last && { nextCursor: cursors.seal(purpose, last.report_id) }),
  };
}
