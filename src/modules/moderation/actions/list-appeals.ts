import { type Static, Type } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { DEFAULT_LIMIT } from '#platform/paging.ts';
import { presentAppeal, presentSanction } from '../present.ts';
import { findWaitingAppeals } from '../queries/appeals.ts';
import { findSanctions } from '../queries/sanctions.ts';
import type { PageQuery } from '../schemas/cases.ts';
import type { AppealPage } from '../schemas/sanctions.ts';
import type { ModerationTools } from '../tools.ts';

/** Appeals that wait for a decision, the oldest first. The caller's own would tell them who decided. */
export async function listAppeals(
  { db, cursors, clock }: ModerationTools,
  { accountId }: Actor,
  { limit = DEFAULT_LIMIT, cursor }: Static<typeof PageQuery>,
): Promise<Static<typeof AppealPage>> {
  const after = cursor === undefined ? undefined : cursors.open('listAppeals', Type.String(), cursor);
  const rows = await findWaitingAppeals(db.read, { notBy: accountId, limit: limit + 1, after });
  const shown = rows.slice(0, limit);
  const sanctions = await findSanctions(
    db.read,
    shown.map(({ sanction_id }) => sanction_id),
  );
  const byId = new Map(sanctions.map((sanction) => [sanction.sanction_id, sanction]));
  const now = clock.now();
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return {
    items: shown.flatMap((row) => {
      const sanction = byId.get(row.sanction_id);
      if (!sanction) return [];
      const canDecide = sanction.imposed_by !== accountId;
      return [{ appeal: presentAppeal(row), sanction: presentSanction(sanction, now), canDecide }];
    }),
    ...(last && { nextCursor: cursors.seal('listAppeals', last.appeal_id) }),
  };
}
