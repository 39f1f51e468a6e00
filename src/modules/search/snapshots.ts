import { LRUCache } from 'lru-cache';
import type { FitQuery, FoundTeammate, SoftFilter } from './score/engine.ts';

/** An order that a first page has fixed, so that the pages after it neither repeat nor skip. */
export type Snapshot = {
  rankingVersion: string;
  widened: readonly SoftFilter[];
  /** Only those of the first page carry reasons: they are dear to carry between threads, and few turn the page. */
  items: readonly FoundTeammate[];
  /** What to ask for the reasons of later pages. */
  fitQuery: FitQuery;
};

export type Snapshots = Pick<LRUCache<string, Snapshot>, 'get' | 'set'>;

const KEPT_MS = 600_000;
const MOST = 2_000;

/** In the memory of this node, for ten minutes after the last look. */
export const createSnapshots = (): Snapshots => new LRUCache({ max: MOST, ttl: KEPT_MS, updateAgeOnGet: true });
