import { folderKey } from '../keys.ts';
import { DAY_MS } from '../limits.ts';
import { deleteDoomed, doomUnused, findDoomed } from '../queries.ts';
import type { MediaTools } from '../tools.ts';

const BATCH = 100;

/** Deletes what nothing has referred to for a day, tickets that were never used among it, and what is doomed already. */
export async function collectOrphans(tools: MediaTools): Promise<void> {
  const now = tools.clock.now();
  const before = new Date(now.getTime() - DAY_MS);
  while ((await doomUnused(tools.db.statement, before, now, BATCH)) === BATCH);
  await deleteDoomedFiles(tools);
  await tools.inbox.removeOlderThan(new Date(Date.now() - DAY_MS));
}

/** The files first and then the row, so that a crash between leaves no file that nobody knows of. */
export async function deleteDoomedFiles({ db, files }: MediaTools): Promise<void> {
  for (;;) {
    const mediaIds = await findDoomed(db.read, BATCH);
    for (const mediaId of mediaIds) await files.deleteFolder(folderKey(mediaId));
    if (mediaIds.length > 0) await deleteDoomed(db.statement, mediaIds);
    if (mediaIds.length < BATCH) return;
  }
}
