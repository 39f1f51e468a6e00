import type { Actor } from '#platform/actor.ts';
import { ratingChanged } from '../events.ts';
import { deleteRating, lockPair } from '../queries.ts';
import { recount } from '../recount.ts';
import type { RatingsTools } from '../tools.ts';

/** Takes the caller's rating back; none is fine too. The other's stays as visible as it is. */
export async function unrateUser(tools: RatingsTools, { accountId }: Actor, userId: string): Promise<void> {
  await tools.db.transaction(async (tx) => {
    await lockPair(tx, accountId, userId);
    if (!(await deleteRating(tx, accountId, userId))) return;
    await recount(tools, tx, userId);
    await tools.announce(tx, ratingChanged, { raterId: accountId, ratedId: userId });
  });
}
