import type { Accounts } from '#modules/accounts/index.ts';
import type { Parties } from '#modules/parties/index.ts';
import type { Profiles } from '#modules/profiles/index.ts';
import type { Relationships } from '#modules/relationships/index.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database, Queryable } from '#platform/database.ts';
import type { Announce } from '#platform/events.ts';
import type { Ids } from '#platform/ids.ts';
import type { Cursors } from '#platform/paging.ts';

/** What the actions of this module work with. */
export type RatingsTools = {
  readonly db: Database;
  readonly announce: Announce;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly cursors: Cursors;
  readonly accounts: Pick<Accounts, 'findAccounts'>;
  readonly relationships: Pick<Relationships, 'findRelations' | 'findTeamTime' | 'lockPair'>;
  readonly profiles: Pick<Profiles, 'setRating'>;
  readonly parties: Pick<Parties, 'findSharedParty'>;
  /** Whether each of the two has written to the other. */
  haveTalked(db: Queryable, one: string, other: string): Promise<boolean>;
};
