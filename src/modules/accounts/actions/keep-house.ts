import { deleteExport, findExpiredExports } from '../queries/exports.ts';
import {
  deleteEndedBans,
  deleteEndedSessions,
  deleteOldCodes,
  deleteOldSignInFailures,
  deleteUsedSavedCodes,
} from '../queries/housekeeping.ts';
import type { AccountsTools } from '../tools.ts';

const DAY_MS = 86_400_000;
const BATCH = 1_000;

/** How long an ended session, or a saved code that was used, is kept: long enough to answer a question about it. */
const KEPT_DAYS = 30;

/**
 * Deletes what has had its time: counts of failed sign-ins after the quiet day that forgives them, ended sessions, codes,
 * hashes of those who are no longer kept out, and archives. In small batches, so that nobody waits; safe on every node at once.
 */
export async function keepHouse(tools: AccountsTools): Promise<void> {
  const { db, clock } = tools;
  const now = clock.now();
  const yesterday = new Date(now.getTime() - DAY_MS);
  const longAgo = new Date(now.getTime() - KEPT_DAYS * DAY_MS);
  await inBatches(() => deleteOldSignInFailures(db.statement, yesterday, now, BATCH));
  await inBatches(() => deleteEndedSessions(db.statement, longAgo, BATCH));
  await inBatches(() => deleteOldCodes(db.statement, yesterday, now, BATCH));
  await inBatches(() => deleteUsedSavedCodes(db.statement, longAgo, BATCH));
  await inBatches(() => deleteEndedBans(db.statement, now, BATCH));
  await removeExpiredExports(tools, now);
}

async function inBatches(deleteSome: () => Promise<number>): Promise<void> {
  while ((await deleteSome()) === BATCH);
}

async function removeExpiredExports({ db, archives }: AccountsTools, now: Date): Promise<void> {
  for (;;) {
    const expired = await findExpiredExports(db.read, now, BATCH);
    for (const { export_id: exportId } of expired) {
      // Files first: a row that is left finds them again.
      await archives.deleteFolder(exportId);
      await deleteExport(db.statement, exportId);
    }
    if (expired.length < BATCH) return;
  }
}
