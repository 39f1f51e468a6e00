import { LRUCache } from 'lru-cache';
import type { FoundTeammate, SoftFilter, TeammateQuery } from './score/engine.ts';

/** An order that a first page has fixed, so that the pages after it neither repeat nor skip. */
export type Snapshot = {
  rankingVersion: string;
  widened: readonly SoftFilter[];
  /** Only those of the first page carry reasons: they are dear to carry between threads, and few turn the page. */
  items: readonly FoundTeammate[];
  /** False while only the first pages of the list were looked up. */
  isWhole: boolean;
  /** What was asked, for what later pages need. */
  asked: Omit<TeammateQuery, 'limit' | 'explained'>;
};

export type Snapshots = Pick<LRUCache<string, Snapshot>, 'get' | 'set'>;

const KEPT_MS = 600_000;
const MOST = 2_000;

/** In the memory of this node, for ten minutes after the last look. */
export const createSnapshots = (): Snapshots => new LRUCache({ max: MOST, ttl: KEPT_MS, updateAgeOnGet: true });
