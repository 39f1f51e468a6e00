import type { Tx } from '#platform/database.ts';
import { ratingChanged } from '../events.ts';
import { markRemoved } from '../queries.ts';
import { recount } from '../recount.ts';
import type { RatingsTools } from '../tools.ts';

/** Moderators take a rating out: it is shown and counted no more, and its giver cannot give it again. */
export async function removeRating(tools: RatingsTools, tx: Tx, ratingId: string): Promise<boolean> {
  const removed = await markRemoved(tx, ratingId, tools.clock.now());
  if (!removed) return false;
  await recount(tools, tx, removed.rated_id);
  await tools.announce(tx, ratingChanged, { raterId: removed.rater_id, ratedId: removed.rated_id });
  return true;
}
