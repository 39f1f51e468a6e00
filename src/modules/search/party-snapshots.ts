import { LRUCache } from 'lru-cache';
import type { PartyScore } from './score/party-score.ts';

/** An order of parties that a first page has fixed, so that the pages after it neither repeat nor skip. */
type PartySnapshot = readonly ({ partyId: string } & PartyScore)[];

export type PartySnapshots = Pick<LRUCache<string, PartySnapshot>, 'get' | 'set'>;

const KEPT_MS = 600_000;
const MOST = 1_000;

/** In the memory of this node, for ten minutes after the last look. */
export const createPartySnapshots = (): PartySnapshots =>
  new LRUCache({ max: MOST, ttl: KEPT_MS, updateAgeOnGet: true });
