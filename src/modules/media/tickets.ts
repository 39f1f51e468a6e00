import type { Tx } from '#platform/database.ts';
import { mediaQuotaReached } from './errors.ts';
import { DAILY_BYTES, DAILY_UPLOADS, DAY_MS, TICKET_SECONDS } from './limits.ts';
import { findUsage, insertMedia, lockQuota, type NewMedia } from './queries.ts';
import type { MediaTools } from './tools.ts';

/** Makes the row of a file that is to come, within what its owner may upload in a day. Throws `media_quota_reached`. */
export async function issueTicket(
  { clock, ids }: MediaTools,
  tx: Tx,
  wanted: Pick<NewMedia, 'ownerId' | 'kind' | 'sizeBytes' | 'name' | 'durationSeconds'>,
): Promise<{ mediaId: string; expiresAt: Date }> {
  const now = clock.now();
  const mediaId = ids.next();
  const expiresAt = new Date(now.getTime() + TICKET_SECONDS * 1_000);
  await lockQuota(tx, wanted.ownerId);
  const { count, bytes, oldestAt } = await findUsage(tx, wanted.ownerId, new Date(now.getTime() - DAY_MS));
  if (count >= DAILY_UPLOADS || bytes + wanted.sizeBytes > DAILY_BYTES) {
    const freeAt = (oldestAt ?? now).getTime() + DAY_MS;
    throw mediaQuotaReached({ retryAfterSeconds: Math.max(1, Math.ceil((freeAt - now.getTime()) / 1_000)) });
  }
  await insertMedia(tx, { ...wanted, mediaId, now, expiresAt });
  return { mediaId, expiresAt };
}
