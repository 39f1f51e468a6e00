import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { presentMedia } from '../present.ts';
import { findReadyMedia } from '../queries.ts';
import type { MediaList } from '../schemas.ts';
import type { MediaTools } from '../tools.ts';

/** Those of the files that the caller may see now, with links: what something shows to them, and own unused uploads. */
export async function listMedia(
  { db, clock, links, findReadable }: MediaTools,
  { accountId }: Actor,
  mediaIds: readonly string[],
): Promise<Static<typeof MediaList>> {
  const rows = await findReadyMedia(db.read, mediaIds);
  const isOwnUnused = (row: (typeof rows)[number]) => row.owner_id === accountId && row.uses === 0;
  const shown = rows.filter((row) => !isOwnUnused(row)).map(({ media_id }) => media_id);
  const readable = shown.length > 0 ? await findReadable(accountId, shown) : new Set<string>();
  const now = clock.now();
  const items = rows
    .filter((row) => isOwnUnused(row) || readable.has(row.media_id))
    .map((row) => presentMedia(row, links, now));
  return { items };
}
