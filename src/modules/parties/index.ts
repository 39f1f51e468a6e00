/**
 * Parties own open teams: their places, who is in them, applications, and their way from open to over. A party has a group
 * chat, whose members follow its own. Offers: parties that somebody may see to those who rank them, whether two people
 * played in one, what time does to them. Announces: application sent and ended, host changed, party nearing and ended. Listens to
 * accounts: who is shut out or erased leaves; to relationships: a block parts; to games: parties follow merged games.
 */
import type { Actor } from '#platform/actor.ts';
import type { Queryable, Tx } from '#platform/database.ts';
import type { Door } from '#platform/door.ts';
import type { Listener } from '#platform/events.ts';
import type { Exporter } from '#platform/exports.ts';
import { accessParty, checkHost } from './access.ts';
import { findEvidence, type PartyEvidence } from './actions/find-evidence.ts';
import { findOpenParties } from './actions/find-open-parties.ts';
import { findSharedParty } from './actions/find-shared-party.ts';
import { forgetEndedParties } from './actions/forget-ended-parties.ts';
import { type PartiesPage, pageOwnParties } from './actions/page-own-parties.ts';
import { passStages } from './actions/pass-stages.ts';
import { takeDownParty } from './actions/take-down-party.ts';
import { createPartiesExporter } from './exporter.ts';
import { partiesListeners } from './listeners.ts';
import { openTeam } from './open-team.ts';
import { factsOf, type PartyFacts } from './party-facts.ts';
import { presentParties } from './present.ts';
import { isAnyOfGames, type OpenFilters } from './queries/parties.ts';
import { partiesRoutes } from './routes.ts';
import type { PartyBody, Party as PartyShape } from './schemas.ts';
import { findTeams } from './teams.ts';
import type { PartiesTools } from './tools.ts';
import { filterVisible } from './visibility.ts';

export { hostOnly, partyNotFound } from './errors.ts';
export { applicationEnded, applicationSent, hostChanged, partyEnded, partyNearing } from './events.ts';
export { rankIndex } from './read-party.ts';
export type { PartyBody } from './schemas.ts';
export { Party, PartyParams } from './schemas.ts';
export type { OpenFilters, PartyFacts };

export type Parties = {
  routes: readonly Door[];
  /** What is held here about a person. */
  exporter: Exporter;
  listeners: readonly Listener[];
  /** Opens a party for somebody without counting how many they have: for demo players. */
  openParty(tx: Tx, hostId: string, body: PartyBody): Promise<void>;
  /** Parties with a free place that somebody may see and is not in, of the favourite games first. */
  findOpenParties(
    db: Queryable,
    actor: Actor,
    filters: OpenFilters & { favourites: readonly string[] },
    limit: number,
  ): Promise<PartyFacts[]>;
  /** Those of the parties that somebody may see and join now, as they see them, in the order of the ids. */
  presentOpenParties(db: Queryable, actor: Actor, partyIds: readonly string[]): Promise<PartyShape[]>;
  /** The parties that somebody is in, the latest first. */
  pageOwnParties(actor: Actor, limit: number, cursor: string | undefined): Promise<PartiesPage>;
  /** A party that the caller leads; throws for every other. */
  findLedParty(db: Queryable, actor: Actor, partyId: string): Promise<PartyFacts>;
  /** The first party in which two people played, and when they were together in one last. */
  findSharedParty(db: Queryable, one: string, other: string): Promise<{ partyId: string; lastAt: Date } | undefined>;
  /** Whether any party that is not over is of one of the games. */
  isAnyOfGames(db: Queryable, gameIds: readonly string[]): Promise<boolean>;
  /** A party as it is, for a report by somebody who may see it. */
  findEvidence(db: Queryable, actor: Actor, partyId: string): Promise<PartyEvidence | undefined>;
  /** Ends a party by a decision of moderators and takes its words off. */
  takeDownParty(tx: Tx, partyId: string): Promise<void>;
  /** Reminds, starts, cancels and ends as time asks; every few seconds, on any node. */
  passStages(): Promise<void>;
  /** Forgets parties that have long been over; now and then, on any node. */
  forgetEnded(): Promise<void>;
};

export function createParties(tools: PartiesTools): Parties {
  return {
    routes: partiesRoutes(tools),
    exporter: createPartiesExporter(tools),
    listeners: partiesListeners(tools),
    async openParty(tx, hostId, body) {
      await openTeam(tools, tx, hostId, body);
    },
    findOpenParties: (db, actor, filters, limit) => findOpenParties(tools, db, actor, filters, limit),
    async presentOpenParties(db, actor, partyIds) {
      const teams = await filterVisible(tools, db, actor, await findTeams(db, partyIds));
      const open = teams.filter(({ party }) => party.state === 'open');
      return presentParties(tools, db, actor, open);
    },
    pageOwnParties: (actor, limit, cursor) => pageOwnParties(tools, actor, limit, cursor),
    async findLedParty(db, actor, partyId) {
      const team = await accessParty(tools, db, actor, partyId);
      checkHost(team, actor);
      return factsOf(team);
    },
    findSharedParty: (db, one, other) => findSharedParty(tools, db, one, other),
    isAnyOfGames,
    findEvidence: (db, actor, partyId) => findEvidence(tools, db, actor, partyId),
    takeDownParty: (tx, partyId) => takeDownParty(tools, tx, partyId),
    passStages: () => passStages(tools),
    forgetEnded: () => forgetEndedParties(tools),
  };
}
