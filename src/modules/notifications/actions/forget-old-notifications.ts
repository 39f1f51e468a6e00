import { deleteBefore } from '../queries/feed.ts';
import type { NotificationsTools } from '../tools.ts';

const KEEP_DAYS = 90;
const BATCH = 5_000;

/** The feed goes back 90 days. A chore: safe on every node. */
export async function forgetOldNotifications({ db, clock }: NotificationsTools): Promise<void> {
  const before = new Date(clock.now().getTime() - KEEP_DAYS * 86_400_000);
  while ((await deleteBefore(db.statement, before, BATCH)) === BATCH);
}
