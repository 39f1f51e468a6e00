import { deleteNotes } from '../queries/cases.ts';
import { deleteEvidence, lockExpiredEvidence } from '../queries/reports.ts';
import type { ModerationTools } from '../tools.ts';

/** How long evidence, comments and the staff's notes are kept once a case is resolved: time to appeal, and to answer authorities. */
const RETENTION_DAYS = 180;
const DAY_MS = 86_400_000;
const BATCH = 100;

/** Forgets what was quoted in cases resolved long ago and what the staff noted in them; that there was a report, and the hash, stay. */
export async function purgeEvidence({ db, clock, media }: ModerationTools): Promise<void> {
  const before = new Date(clock.now().getTime() - RETENTION_DAYS * DAY_MS);
  for (let count = BATCH; count === BATCH; ) {
    count = await db.transaction(async (tx) => {
      const rows = await lockExpiredEvidence(tx, before, BATCH);
      for (const mediaId of rows.flatMap(({ media_ids }) => media_ids)) await media.letEvidenceGo(tx, mediaId);
      await deleteEvidence(
        tx,
        rows.map(({ report_id }) => report_id),
      );
      return rows.length;
    });
  }
  await deleteNotes(db.statement, before);
}
