import type { Tx } from '#platform/database.ts';
import { dismissMember } from '../membership.ts';
import { findApplicationsOf, findAppliedIdsOf } from '../queries/applications.ts';
import { findLiveIdsOf } from '../queries/members.ts';
import { lockParty } from '../queries/parties.ts';
import { takeBack } from '../take-back.ts';
import { addMembers } from '../teams.ts';
import type { PartiesTools } from '../tools.ts';

/** Takes somebody whose account has ended or is shut out of every party that is not over, and their applications back. */
export async function leaveParties(tools: PartiesTools, tx: Tx, accountId: string): Promise<void> {
  // In this order: whoever is accepted between the two questions is in the first answer, or in both.
  const applied = await findAppliedIdsOf(tx, accountId);
  const touched = new Set([...applied, ...(await findLiveIdsOf(tx, accountId))]);
  for (const partyId of [...touched].toSorted()) {
    const party = await lockParty(tx, partyId);
    const [team] = party ? await addMembers(tx, [party]) : [];
    if (!team) continue;
    const member = team.members.find(({ account_id }) => account_id === accountId);
    if (member && team.party.due_at !== null) await dismissMember(tools, tx, team, member);
    const [application] = await findApplicationsOf(tx, accountId, [partyId]);
    if (application) await takeBack(tools, tx, team.party, application);
  }
}
