import { type Static, Type } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { DEFAULT_LIMIT } from '#platform/paging.ts';
import { presentCases } from '../present-cases.ts';
import { findCases } from '../queries/cases.ts';
import type { CasePage, CasesQuery } from '../schemas/cases.ts';
import type { ModerationTools } from '../tools.ts';

const Place = Type.Object({ priority: Type.Number(), caseId: Type.String() });

/** The queue: the most urgent open cases first, or as the filters say. Nobody sees that there is a case about themself. */
export async function listCases(
  tools: ModerationTools,
  actor: Actor,
  { limit = DEFAULT_LIMIT, cursor, state = 'open', ...filter }: CasesQuery,
): Promise<Static<typeof CasePage>> {
  const { db, cursors, clock } = tools;
  const purpose = `listCases:${state}:${filter.sort ?? 'urgent'}`;
  const after = cursor === undefined ? undefined : cursors.open(purpose, Place, cursor);
  const rows = await findCases(
    db.read,
    { ...filter, state, notAbout: actor.accountId },
    { now: clock.now(), limit: limit + 1, after },
  );
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return {
    items: await presentCases(tools, db.read, actor, shown),
    ...(last && { nextCursor: cursors.seal(purpose, { priority: last.priority, caseId: last.case_id }) }),
  };
}
