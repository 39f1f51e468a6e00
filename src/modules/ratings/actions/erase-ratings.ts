import type { Tx } from '#platform/database.ts';
import { ratingChanged } from '../events.ts';
import { deleteAgreements, deleteRatingsOf } from '../queries.ts';
import { recount } from '../recount.ts';
import type { RatingsTools } from '../tools.ts';

/** Erases the ratings that a person whose account is gone gave and got: who has left has no say any more. */
export async function eraseRatings(tools: RatingsTools, tx: Tx, accountId: string): Promise<void> {
  const ratedIds = await deleteRatingsOf(tx, accountId);
  await deleteAgreements(tx, [accountId]);
  // Locks are taken in one order, so that two who leave at once do not wait for each other.
  for (const ratedId of ratedIds.toSorted()) {
    await recount(tools, tx, ratedId);
    await tools.announce(tx, ratingChanged, { raterId: accountId, ratedId });
  }
}
