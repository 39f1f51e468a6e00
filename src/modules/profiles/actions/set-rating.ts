import type { Tx } from '#platform/database.ts';
import { profileChanged } from '../events.ts';
import { lockProfile, updateRating } from '../queries.ts';
import type { ProfilesTools } from '../tools.ts';

/** Ratings tell what they have worked out; no `mean` when nobody's rating counts any more. */
export async function setRating(
  { clock, announce }: ProfilesTools,
  tx: Tx,
  accountId: string,
  { mean, count }: { mean?: number; count: number },
): Promise<void> {
  await lockProfile(tx, accountId, clock.now());
  await updateRating(tx, accountId, mean ?? null, count);
  await announce(tx, profileChanged, { accountId });
}
