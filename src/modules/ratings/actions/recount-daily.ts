import { updateRecountedAt } from '../queries.ts';
import type { RatingsTools } from '../tools.ts';
import { recountAll } from './recount-all.ts';

const DAY_MS = 86_400_000;

/** Counts everything anew once a day in the whole cluster. A node that dies on the way leaves the rest to the next day. */
export async function recountDaily(tools: RatingsTools): Promise<void> {
  const now = tools.clock.now();
  const isOurTurn = await updateRecountedAt(tools.db.statement, new Date(now.getTime() - DAY_MS), now);
  if (isOurTurn) await recountAll(tools);
}
