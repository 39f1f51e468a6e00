import type { Tx } from '#platform/database.ts';
import { lockRated } from './queries.ts';
import type { RatingsTools } from './tools.ts';
import { findVotes, meanOf } from './votes.ts';

/** Works out one person's rating from all votes that count now, and puts it on the profile. */
export async function recount(tools: RatingsTools, tx: Tx, ratedId: string): Promise<void> {
  await lockRated(tx, ratedId);
  const votes = await findVotes(tools, tx, ratedId);
  const mean = meanOf(votes, tools.clock.now());
  await tools.profiles.setRating(tx, ratedId, { count: votes.length, ...(votes.length > 0 && { mean }) });
}
