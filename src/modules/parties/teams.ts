import type { Queryable } from '#platform/database.ts';
import { findMembersOf } from './queries/members.ts';
import { findParties } from './queries/parties.ts';
import type { PartyRow, Team } from './tables.ts';

/** Parties with those who are in them now, in the order of the ids; those that do not exist are left out. */
export async function findTeams(db: Queryable, partyIds: readonly string[]): Promise<Team[]> {
  const parties = new Map((await findParties(db, partyIds)).map((party) => [party.party_id, party]));
  return addMembers(
    db,
    partyIds.flatMap((partyId) => parties.get(partyId) ?? []),
  );
}

export async function addMembers(db: Queryable, parties: readonly PartyRow[]): Promise<Team[]> {
  const members = await findMembersOf(
    db,
    parties.map(({ party_id }) => party_id),
  );
  const byParty = Map.groupBy(members, ({ party_id }) => party_id);
  return parties.map((party) => ({ party, members: byParty.get(party.party_id) ?? [] }));
}
