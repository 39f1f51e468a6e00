import { deleteOrphans } from '../queries.ts';
import type { MediaTools } from '../tools.ts';
import { folderKey } from './store-picture.ts';

const DAY_MS = 86_400_000;
const BATCH = 100;

/** Deletes pictures that nothing refers to, a day after they came at the earliest. */
export async function collectOrphans({ db, clock, files }: MediaTools): Promise<void> {
  const before = new Date(clock.now().getTime() - DAY_MS);
  for (;;) {
    const mediaIds = await deleteOrphans(db.statement, before, BATCH);
    for (const mediaId of mediaIds) await files.deleteFolder(folderKey(mediaId));
    if (mediaIds.length < BATCH) return;
  }
}
