import type { Static } from 'typebox';
import { userNotFound } from '#modules/accounts/index.ts';
import type { Actor } from '#platform/actor.ts';
import { findViewer } from '../find-viewer.ts';
import type { TeammateFit } from '../schemas.ts';
import type { SearchTools } from '../tools.ts';

/** Why one person stands where they stand for the caller. Whoever may not be found is as if they did not exist. */
export async function explainFit(
  tools: SearchTools,
  actor: Actor,
  userId: string,
): Promise<Static<typeof TeammateFit>> {
  const [viewer, excluded] = await Promise.all([
    findViewer(tools, actor),
    tools.findExcluded(tools.db.read, actor.accountId),
  ]);
  const fit = await tools.engine.explain({ viewer, excluded, now: tools.clock.now().getTime() }, userId);
  if (!fit) throw userNotFound();
  const { score, reasons, rankingVersion } = fit;
  // Told as one: alone, recency and the crowd of requests would tell what no card does.
  const { rating, recency, newcomer, flooded, ...own } = fit.parts;
  const told = { ...own, standing: rating + recency + newcomer + flooded };
  const parts = Object.entries(told).map(([name, value]) => ({ name, value }));
  return { userId, score, reasons: reasons as never, parts, rankingVersion };
}
