import type { Tx } from '#platform/database.ts';
import { upsertDigests } from './queries/digests.ts';
import type { NotificationsTools } from './tools.ts';

/** Who comes back in this time needs no letter. */
const DELAY_HOURS = 4;
const DISTANCE_HOURS = 24;

/** Something came for these people, who have no device: if they stay away, a letter tells them. */
export async function planDigests(
  { clock }: Pick<NotificationsTools, 'clock'>,
  tx: Tx,
  accountIds: readonly string[],
): Promise<void> {
  if (accountIds.length === 0) return;
  const timing = { now: clock.now(), delayHours: DELAY_HOURS, distanceHours: DISTANCE_HOURS };
  await upsertDigests(tx, [...new Set(accountIds)], timing);
}
