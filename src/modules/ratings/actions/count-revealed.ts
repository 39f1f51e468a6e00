import { findRevealedBetween, lockCountedUntil, updateCountedUntil } from '../queries.ts';
import { recount } from '../recount.ts';
import type { RatingsTools } from '../tools.ts';

/** Counts the ratings that became visible since the last time by the passing of their week. Called now and then. */
export async function countRevealed(tools: RatingsTools): Promise<void> {
  const now = tools.clock.now();
  await tools.db.transaction(async (tx) => {
    const until = await lockCountedUntil(tx);
    if (until >= now) return;
    for (const ratedId of await findRevealedBetween(tx, until, now)) await recount(tools, tx, ratedId);
    await updateCountedUntil(tx, now);
  });
}
