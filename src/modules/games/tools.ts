import type { Audit } from '#platform/audit.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database, Queryable } from '#platform/database.ts';
import type { Announce } from '#platform/events.ts';
import type { Ids } from '#platform/ids.ts';
import type { Cursors } from '#platform/paging.ts';
import type { Catalogue } from './catalogue.ts';

/** What the actions of this module work with. */
export type GamesTools = {
  readonly db: Database;
  readonly announce: Announce;
  readonly audit: Audit;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly cursors: Cursors;
  /** This node's copy, replaced as a whole when the catalogue changes. */
  readonly catalogue: () => Catalogue;
  /** Whether any of the games stands on a profile. */
  isAnyPlayed(db: Queryable, gameIds: readonly string[]): Promise<boolean>;
};
