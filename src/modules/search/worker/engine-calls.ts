import type { IndexLabel } from '../index-file.ts';
import type { GameStatistics } from '../score/co-play.ts';
import type { FitQuery, TeammateFit, TeammateQuery, TeammateResult } from '../score/engine.ts';
import type { GroupCandidate, GroupQuery } from '../score/group-search.ts';
import type { CatalogueGame } from '../score/likeness.ts';
import type { Reason } from '../score/reasons.ts';
import type { PlayerBatch } from './player-batch.ts';

/** What the worker does when asked: the interface of the engine, in batches where one message a player would be dear. */
export type EngineCalls = {
  upsert(players: PlayerBatch): void;
  remove(accountId: string): void;
  setOnline(accountIds: readonly string[], isOnline: boolean): void;
  setGameStatistics(statistics: GameStatistics): void;
  /**
   * Counts the games of a sample of whom `upsert` brought since the last time, adds what the catalogue says of games that
   * few have played, and searches by that from now on.
   */
  gatherStatistics(catalogue: readonly CatalogueGame[]): Promise<GameStatistics>;
  tidy(): void;
  /** Writes the index as it is now into a file. */
  save(path: string, label: IndexLabel): Promise<void>;
  /** Fills the empty index from a file, whose label the caller has judged, with nobody online; undefined when it cannot be read. */
  restore(path: string): Promise<GameStatistics | undefined>;
  search(query: TeammateQuery): TeammateResult;
  searchForGroup(query: GroupQuery): GroupCandidate[];
  explain(query: FitQuery, accountId: string): TeammateFit | undefined;
  /** The reasons of each; none for people whom the viewer may no longer meet. */
  findReasons(query: FitQuery, accountIds: readonly string[]): (readonly Reason[])[];
  status(): EngineStatus;
};

export type EngineStatus = {
  /** Players held, findable or not. */
  players: number;
  /** Heap and buffers of the worker. */
  memoryBytes: number;
};

export type EngineRequest = {
  [Name in keyof EngineCalls]: { id: number; call: Name; args: Parameters<EngineCalls[Name]> };
}[keyof EngineCalls];

export type EngineReply = { id: number; value?: unknown; error?: unknown };
