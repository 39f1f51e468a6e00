import type { FoundTeammate, SoftFilter, TeammateQuery } from './score/engine.ts';
import type { PartyScore } from './score/party-score.ts';

/** An order that a first page has fixed, so that the pages after it neither repeat nor skip. */
export type Snapshot = {
  rankingVersion: string;
  widened: readonly SoftFilter[];
  items: readonly Place[];
  /** What was asked, for what later pages need. */
  asked: Omit<TeammateQuery, 'limit' | 'explained' | 'excluded'>;
};

/** Reasons are not kept: they are dear to carry, and few turn the page. */
export type Place = Pick<FoundTeammate, 'accountId' | 'score'>;

export type PartySnapshot = readonly ({ partyId: string } & PartyScore)[];
