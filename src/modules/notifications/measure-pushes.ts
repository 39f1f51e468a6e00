import { findQueueLag } from './queries/pushes.ts';
import type { NotificationsTools } from './tools.ts';

/** How the queue of pushes stands, over all nodes. */
export function measurePushes({ db, metrics, clock }: NotificationsTools): void {
  metrics.gauge('soyamate_push_queue_seconds', 'How long the oldest push that is due has waited.', async () => {
    const { oldestAt } = await findQueueLag(db.read, clock.now());
    return oldestAt ? (clock.now().getTime() - oldestAt.getTime()) / 1_000 : 0;
  });
  metrics.gauge('soyamate_push_queue', 'Pushes that are due.', async () => {
    const { waiting } = await findQueueLag(db.read, clock.now());
    return waiting;
  });
}
