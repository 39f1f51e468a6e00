import { ratingRevealed } from '../events.ts';
import { findRevealedBetween, lockCountedUntil, updateCountedUntil } from '../queries.ts';
import { recount } from '../recount.ts';
import type { RatingsTools } from '../tools.ts';

/** Counts the ratings that became visible since the last time by the passing of their week. Called now and then. */
export async function countRevealed(tools: RatingsTools): Promise<void> {
  const now = tools.clock.now();
  await tools.db.transaction(async (tx) => {
    const until = await lockCountedUntil(tx);
    if (until >= now) return;
    const revealed = await findRevealedBetween(tx, until, now);
    for (const ratedId of new Set(revealed.map(({ rated_id }) => rated_id))) await recount(tools, tx, ratedId);
    for (const { rating_id: ratingId, rater_id: raterId, rated_id: ratedId, removed_at: removedAt } of revealed) {
      if (removedAt === null) await tools.announce(tx, ratingRevealed, { ratingId, raterId, ratedId });
    }
    await updateCountedUntil(tx, now);
  });
}
