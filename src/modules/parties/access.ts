import type { Actor } from '#platform/actor.ts';
import type { Queryable, Tx } from '#platform/database.ts';
import { applicationNotFound, hostOnly, partyNotFound } from './errors.ts';
import { findApplication } from './queries/applications.ts';
import { findMembersOf } from './queries/members.ts';
import { findParties, lockParty } from './queries/parties.ts';
import type { ApplicationRow, PartyRow, Team } from './tables.ts';
import type { PartiesTools } from './tools.ts';
import { filterVisible } from './visibility.ts';

/** A party that the caller may see. One that they may not, and none, are the same 404. */
export async function accessParty(tools: PartiesTools, db: Queryable, actor: Actor, partyId: string): Promise<Team> {
  const [party] = await findParties(db, [partyId]);
  return seeTeam(tools, db, actor, party);
}

/** The same, with its row locked: whatever changes a party or who is in it goes one by one. */
export async function accessPartyForChange(tools: PartiesTools, tx: Tx, actor: Actor, partyId: string): Promise<Team> {
  return seeTeam(tools, tx, actor, await lockParty(tx, partyId));
}

/** The same for its host. Other members and strangers who see it are told that it is not theirs. */
export async function accessHosted(tools: PartiesTools, tx: Tx, actor: Actor, partyId: string): Promise<Team> {
  const team = await accessPartyForChange(tools, tx, actor, partyId);
  checkHost(team, actor);
  return team;
}

export function checkHost({ party }: Pick<Team, 'party'>, { accountId }: Actor): void {
  if (party.host_id !== accountId) throw hostOnly();
}

/** An application to a party that the caller leads. To everybody else there is none. */
export async function accessApplication(
  tools: PartiesTools,
  tx: Tx,
  actor: Actor,
  { partyId, applicationId }: { partyId: string; applicationId: string },
): Promise<{ team: Team; application: ApplicationRow }> {
  const team = await accessHosted(tools, tx, actor, partyId);
  const application = await findApplication(tx, partyId, applicationId);
  if (!application || application.state === 'withdrawn') throw applicationNotFound();
  return { team, application };
}

async function seeTeam(tools: PartiesTools, db: Queryable, actor: Actor, party: PartyRow | undefined): Promise<Team> {
  if (!party) throw partyNotFound();
  const members = await findMembersOf(db, [party.party_id]);
  const [team] = await filterVisible(tools, db, actor, [{ party, members }]);
  if (!team) throw partyNotFound();
  return team;
}
