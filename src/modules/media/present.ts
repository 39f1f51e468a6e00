import type { Static } from 'typebox';
import { endOfPrivateLinks, type Links } from './links.ts';
import type { MediaFile, Picture } from './schemas.ts';
import type { Attachment, MediaRow } from './tables.ts';

/** With fresh links: only for those who may see it. */
export function presentPicture(row: MediaRow, links: Links, linksEndAt: Date): Static<typeof Picture> {
  return {
    mediaId: row.media_id,
    placeholder: row.placeholder?.toString('base64') ?? '',
    sizes: presentSizes(row, links, linksEndAt),
    linksEndAt,
  };
}

export function presentMedia(row: MediaRow, links: Links, now: Date): Static<typeof MediaFile> {
  const linksEndAt = endOfPrivateLinks(now);
  return {
    ...presentAttachment(row),
    ...(row.kind === 'picture'
      ? { sizes: presentSizes(row, links, linksEndAt) }
      : { url: links.sign(row.media_id, 'content', linksEndAt) }),
    linksEndAt,
  };
}

/** Without links: it may be kept. */
export function presentAttachment(row: MediaRow): Attachment {
  const largest = row.sizes.at(-1);
  return {
    mediaId: row.media_id,
    kind: row.kind,
    contentType: row.content_type,
    sizeBytes: largest?.sizeBytes ?? row.size_bytes,
    ...(row.name !== null && { name: row.name }),
    ...(largest && { width: largest.width, height: largest.height }),
    ...(row.placeholder && { placeholder: row.placeholder.toString('base64') }),
    ...(row.duration_seconds !== null && { durationSeconds: row.duration_seconds }),
  };
}

const presentSizes = (row: MediaRow, links: Links, endsAt: Date) =>
  row.sizes.map(({ width, height }, i) => ({ width, height, url: links.sign(row.media_id, i, endsAt) }));
