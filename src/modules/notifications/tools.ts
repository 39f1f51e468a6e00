import type { Profiles } from '#modules/profiles/index.ts';
import type { Bus } from '#platform/bus.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database, Queryable } from '#platform/database.ts';
import type { Locale } from '#platform/errors.ts';
import type { Ids } from '#platform/ids.ts';
import type { Cursors } from '#platform/paging.ts';

/** What the actions of this module work with. */
export type NotificationsTools = {
  readonly db: Database;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly cursors: Cursors;
  readonly profiles: Pick<Profiles, 'findCards'>;
  /** Who may be told something: an account that is active. */
  findRecipient(db: Queryable, accountId: string): Promise<{ locale: Locale } | undefined>;
};
