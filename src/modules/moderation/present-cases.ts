import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import type { Queryable } from '#platform/database.ts';
import { presentCase } from './present.ts';
import type { ListedCaseRow } from './queries/cases.ts';
import type { Case } from './schemas/cases.ts';
import type { ModerationTools } from './tools.ts';

/** Cases with whom they are about, in their order. */
export async function presentCases(
  { accounts, clock }: ModerationTools,
  db: Queryable,
  actor: Actor,
  rows: readonly ListedCaseRow[],
): Promise<Static<typeof Case>[]> {
  const people = await accounts.findAccounts(db, [...new Set(rows.map(({ accused_id }) => accused_id))]);
  const byId = new Map(people.map((person) => [person.accountId, person]));
  const now = clock.now();
  return rows.flatMap((row) => {
    const accused = byId.get(row.accused_id);
    return accused ? [presentCase(row, accused, actor, now)] : [];
  });
}
