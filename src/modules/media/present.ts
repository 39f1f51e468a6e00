import type { Static } from 'typebox';
import type { Links } from './links.ts';
import type { Picture } from './schemas.ts';
import type { MediaRow } from './tables.ts';

/** With fresh links: only for those who may see it. */
export function presentPicture(row: MediaRow, links: Links, now: Date): Static<typeof Picture> {
  const signed = row.sizes.map((size, i) => ({ size, ...links.sign(row.media_id, i, now) }));
  return {
    mediaId: row.media_id,
    placeholder: row.placeholder.toString('base64'),
    sizes: signed.map(({ size: { width, height }, url }) => ({ width, height, url })),
    linksEndAt: signed[0]?.endsAt ?? now,
  };
}
