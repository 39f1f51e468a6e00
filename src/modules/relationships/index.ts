/**
 * Relationships own what is between two people: requests, teammates, blocks, hidden people, and who may write to whom.
 * Offers: how people stand to a viewer, who is kept apart from whom in the search, whether one may write to another, pages
 * of teammates and requests for those who show them with cards.
 * Announces: request sent, request closed, teammates made, teammates parted, person blocked, person unblocked.
 * Listens to accounts: who is erased has nothing with anybody any more; to games: requests follow merged games.
 */
import type { Queryable, Tx } from '#platform/database.ts';
import type { Door } from '#platform/door.ts';
import type { Listener } from '#platform/events.ts';
import type { Exporter } from '#platform/exports.ts';
import { findRelations } from './actions/find-relations.ts';
import { mayWrite } from './actions/may-write.ts';
import { pageRequests, type RequestsPage } from './actions/page-requests.ts';
import { pageTeammates, type TeammatesPage } from './actions/page-teammates.ts';
import {
  countWaiting,
  countWaitingBetween,
  findBlockedPlaces,
  findKeptApart,
  findPrivacyOf,
  findTeamTime,
  lockPair,
  type Pair,
} from './queries.ts';
import type { Relation } from './relation.ts';
import { relationshipsRoutes } from './routes.ts';
import type { directions, whoMayWrite } from './schemas.ts';
import type { RelationshipsTools } from './tools.ts';

export {
  personBlocked,
  personUnblocked,
  teammateRequestClosed,
  teammateRequestSent,
  teammatesMade,
  teammatesParted,
} from './events.ts';

import { createRelationshipsExporter } from './exporter.ts';
import { relationshipsListeners } from './listeners.ts';

export { dailyQuota, isSameAgeGroup, QUOTA_MS } from './request-rules.ts';
export { directions, TeammateRequest } from './schemas.ts';
export type { Relation };

export type Relationships = {
  routes: readonly Door[];
  /** What is held here about a person. */
  exporter: Exporter;
  listeners: readonly Listener[];
  /** How each of the people stands to the viewer; a block counts whichever side made it. */
  findRelations(db: Queryable, viewerId: string, accountIds: readonly string[]): Promise<Map<string, Relation>>;
  /** Everybody who is blocked or hidden by this person, or has blocked or hidden him: kept apart in the search. */
  findKeptApart(db: Queryable, accountId: string): Promise<string[]>;
  /** Those of the pairs one of whom has blocked the other. */
  findBlockedPairs<T extends Pair>(db: Queryable, pairs: readonly T[]): Promise<T[]>;
  /** Holds back what changes between the two, a block above all, until the transaction ends. */
  lockPair(tx: Tx, accountId: string, otherId: string): Promise<void>;
  /** Whether one person may begin to write to another. */
  mayWrite(db: Queryable, writerId: string, readerId: string): Promise<boolean>;
  /** Who may begin to write to each of them; those who said nothing, so everyone may, are left out. */
  findWhoMayWrite(
    db: Queryable,
    accountIds: readonly string[],
  ): Promise<ReadonlyMap<string, (typeof whoMayWrite)[number]>>;
  /** When the two became teammates, and when they parted if they did; the last time counts. */
  findTeamTime(
    db: Queryable,
    accountId: string,
    otherId: string,
  ): Promise<{ since: Date; partedAt?: Date } | undefined>;
  /** Requests that wait for an answer, by recipient; people with none are left out. */
  countUnanswered(db: Queryable, accountIds: readonly string[]): Promise<Map<string, number>>;
  /** The same of everybody whose id is above `after` and not above `last`. */
  countUnansweredBetween(db: Queryable, after: string, last: string): Promise<Map<string, number>>;
  pageTeammates(accountId: string, limit: number, cursor: string | undefined): Promise<TeammatesPage>;
  pageRequests(
    accountId: string,
    direction: (typeof directions)[number],
    limit: number,
    cursor: string | undefined,
  ): Promise<RequestsPage>;
};

export function createRelationships(tools: RelationshipsTools): Relationships {
  return {
    routes: relationshipsRoutes(tools),
    exporter: createRelationshipsExporter(tools),
    listeners: relationshipsListeners(tools),
    findRelations,
    findKeptApart,
    async findBlockedPairs(db, pairs) {
      if (pairs.length === 0) return [];
      const places = await findBlockedPlaces(db, pairs);
      return pairs.filter((_pair, index) => places.has(index + 1));
    },
    lockPair,
    mayWrite: (db, writerId, readerId) => mayWrite(tools, db, writerId, readerId),
    findWhoMayWrite: findPrivacyOf,
    async findTeamTime(db, accountId, otherId) {
      const row = await findTeamTime(db, accountId, otherId);
      return row && { since: row.since, ...(row.parted_at !== null && { partedAt: row.parted_at }) };
    },
    async countUnanswered(db, accountIds) {
      const rows = await countWaiting(db, accountIds, tools.clock.now());
      return new Map(rows.map(({ recipient_id, count }) => [recipient_id, count]));
    },
    async countUnansweredBetween(db, after, last) {
      const rows = await countWaitingBetween(db, after, last, tools.clock.now());
      return new Map(rows.map(({ recipient_id, count }) => [recipient_id, count]));
    },
    pageTeammates: (accountId, limit, cursor) => pageTeammates(tools, accountId, limit, cursor),
    pageRequests: (accountId, direction, limit, cursor) => pageRequests(tools, accountId, direction, limit, cursor),
  };
}
