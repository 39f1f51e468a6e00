import type { GameStatistics } from './co-play.ts';
import type { TeammateFilters } from './filters.ts';
import type { SearchPlayer } from './player.ts';
import type { Reason } from './reasons.ts';
import type { ScoreParts } from './score.ts';

/**
 * The one interface of teammate search, whichever engine stands behind it. Plain data in and out, so that a call can
 * cross to a worker thread. Nothing here waits or knows the time by itself; account ids are UUIDs in small letters, and
 * `upsert` throws a TypeError at others.
 *
 *   const engine = createPackedIndex();
 *   for await (const player of players) engine.upsert(player);
 *   engine.setGameStatistics(gatherGameStatistics(…));   // at start and nightly; without it every game is equally rare
 *   engine.tidy();                                        // after loading and when idle
 *   engine.search({ viewer, filters: { ...noFilters, games: ['dota-2'] }, excluded: [], now: Date.now(), limit: 50 });
 */
export interface SearchEngine {
  /** Players held, findable or not. */
  readonly size: number;
  /** Adds or replaces; the next search sees it. */
  upsert(player: SearchPlayer): void;
  /** Unknown ids are ignored. */
  remove(accountId: string): void;
  /** Whether somebody is online, until the next `upsert`; unknown ids and those who hide it are ignored. */
  setOnline(accountId: string, isOnline: boolean): void;
  setGameStatistics(statistics: GameStatistics): void;
  /** Does upkeep that searches do not need but run faster with. Call it after loading and when there is time. */
  tidy(): void;
  search(query: TeammateQuery): TeammateResult;
  /** Why this one player stands where they stand, filters apart; absent when they are unknown or the two may not meet. */
  explain(query: FitQuery, accountId: string): TeammateFit | undefined;
}

export interface FitQuery extends Pick<TeammateQuery, 'viewer' | 'excluded' | 'now'> {
  /** The games that the search asked for: they weigh in its scores. */
  readonly games?: readonly string[];
}

export interface TeammateQuery {
  /** Need not be in the index: a guest or a new player is given as they are. */
  readonly viewer: SearchPlayer;
  readonly filters: TeammateFilters;
  /** Blocked in either direction, hidden by the viewer, already teammates …: never in the answer. */
  readonly excluded: readonly string[];
  /** Milliseconds since 1970. */
  readonly now: number;
  /** At most this many; to page, ask once for all that may be paged through and keep the ids. */
  readonly limit: number;
  /** Only so many of the first items carry reasons, the rest an empty list; absent: all. Reasons cost more than places. */
  readonly explained?: number;
  /** Never gives a soft filter up. */
  readonly isStrict?: boolean;
}

export interface TeammateResult {
  readonly rankingVersion: string;
  /** Most suitable first; equal scores by account id. */
  readonly items: readonly FoundTeammate[];
  /** The soft filters that were given up, in this order, because too few passed; `games` is the common game. */
  readonly widened: readonly SoftFilter[];
}

export interface FoundTeammate {
  readonly accountId: string;
  /** 0..1. */
  readonly score: number;
  /** Largest first. */
  readonly reasons: readonly Reason[];
}

export interface TeammateFit extends FoundTeammate {
  readonly rankingVersion: string;
  /** Every part of the score, 0..1 of the whole. */
  readonly parts: ScoreParts;
}

export const softFilters = ['activity', 'region', 'platform', 'games'] as const;
export type SoftFilter = (typeof softFilters)[number];
