import type { Games } from '#modules/games/index.ts';
import type { Parties } from '#modules/parties/index.ts';
import type { Profiles } from '#modules/profiles/index.ts';
import type { Relationships } from '#modules/relationships/index.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database, Queryable } from '#platform/database.ts';
import type { Announce } from '#platform/events.ts';
import type { Ids } from '#platform/ids.ts';
import type { Cursors } from '#platform/paging.ts';
import type { SnapshotStore } from '#platform/snapshot-store.ts';
import type { GameStatistics } from './score/co-play.ts';
import type { WorkerEngine } from './worker/worker-engine.ts';

export type SearchTools = {
  readonly db: Database;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly cursors: Cursors;
  readonly games: Pick<Games, 'getGame' | 'holdGame' | 'isGenre' | 'listGames'>;
  readonly profiles: Pick<Profiles, 'findCards' | 'findListedCards' | 'findSearchProfiles' | 'findSearchProfilesAfter'>;
  /** People who never stand in the list of this account: blocked either way, hidden by it. */
  findExcluded(db: Queryable, accountId: string): Promise<readonly string[]>;
  /** Teammate requests that wait for an answer, by recipient; people with none are left out. */
  countUnanswered(db: Queryable, accountIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** The same of everybody whose id is above `after` and not above `last`. */
  countUnansweredBetween(after: string, last: string): Promise<ReadonlyMap<string, number>>;
  readonly relationships: Pick<Relationships, 'findRelations'>;
  readonly announce: Announce;
  /** How common and how near to each other games are, as the index was told last. */
  statistics(): GameStatistics;
  readonly engine: Pick<WorkerEngine, 'search' | 'searchForGroup' | 'explain' | 'findReasons'>;
  readonly snapshots: SnapshotStore;
  readonly parties: Pick<Parties, 'findOpenParties' | 'presentOpenParties' | 'pageOwnParties' | 'findLedParty'>;
};
