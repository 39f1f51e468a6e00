import { folderKey, shards } from '../keys.ts';
import { DAY_MS } from '../limits.ts';
import { findUnknown } from '../queries.ts';
import type { MediaTools } from '../tools.ts';

const BATCH = 1_000;

/**
 * Deletes files in the store that no row names. We leave none; a database that was restored from an older backup may. An
 * id tells when it was made, and what is younger than a day is left alone.
 */
export async function sweepStore({ db, clock, files }: MediaTools): Promise<void> {
  const before = clock.now().getTime() - DAY_MS;
  for (const shard of shards) {
    const mediaIds = (await files.listFolders(shard)).filter((name) => madeAt(name) < before);
    for (let i = 0; i < mediaIds.length; i += BATCH) {
      const unknown = await findUnknown(db.read, mediaIds.slice(i, i + BATCH));
      for (const mediaId of unknown) await files.deleteFolder(folderKey(mediaId));
    }
  }
}

/** The milliseconds in a UUIDv7; what is none was not put there by us, and stays. */
function madeAt(name: string): number {
  return UUID_V7.test(name) ? Number.parseInt(name.replaceAll('-', '').slice(0, 12), 16) : Number.POSITIVE_INFINITY;
}

const UUID_V7 = /^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[\da-f]{4}-[\da-f]{12}$/;
