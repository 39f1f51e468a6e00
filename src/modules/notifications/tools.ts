import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database.ts';

/** What the actions of this module work with. */
export type NotificationsTools = {
  readonly db: Database;
  readonly clock: Clock;
};
