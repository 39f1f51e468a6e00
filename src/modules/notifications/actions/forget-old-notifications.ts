import { deleteBefore } from '../queries/feed.ts';
import { deleteSentBefore } from '../queries/pushes.ts';
import type { NotificationsTools } from '../tools.ts';

const KEEP_DAYS = 90;
const BATCH = 5_000;
/** Longer than the distance that pushes of one subject keep. */
const SENT_SECONDS = 120;

/** The feed goes back 90 days; of pushes only that they were sent is kept, for two minutes. A chore: safe on every node. */
export async function forgetOldNotifications({ db, clock }: NotificationsTools): Promise<void> {
  const before = new Date(clock.now().getTime() - KEEP_DAYS * 86_400_000);
  await deleteSentBefore(db.statement, new Date(clock.now().getTime() - SENT_SECONDS * 1_000));
  while ((await deleteBefore(db.statement, before, BATCH)) === BATCH);
}
