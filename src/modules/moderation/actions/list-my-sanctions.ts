import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import type { Locale } from '#platform/errors.ts';
import { presentMySanction } from '../present.ts';
import { findAppealsOf } from '../queries/appeals.ts';
import { findSanctionsOf } from '../queries/sanctions.ts';
import type { MySanctionList } from '../schemas/sanctions.ts';
import type { ModerationTools } from '../tools.ts';

const MOST = 100;

/** What was decided about the caller, why, until when, and whether it can be appealed; the latest first. */
export async function listMySanctions(
  { db, clock }: ModerationTools,
  { accountId }: Actor,
  locale: Locale,
): Promise<Static<typeof MySanctionList>> {
  const rows = await findSanctionsOf(db.read, accountId, MOST);
  const appeals = await findAppealsOf(
    db.read,
    rows.map(({ sanction_id }) => sanction_id),
  );
  const bySanction = new Map(appeals.map((appeal) => [appeal.sanction_id, appeal]));
  const now = clock.now();
  return { items: rows.map((row) => presentMySanction(row, bySanction.get(row.sanction_id), locale, now)) };
}
