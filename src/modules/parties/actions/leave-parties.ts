import type { Tx } from '#platform/database.ts';
import { dismissMember } from '../membership.ts';
import { findApplicationsOf, findAppliedIdsOf, findLiveIdsOf, lockParty } from '../queries.ts';
import { takeBack } from '../take-back.ts';
import { addMembers } from '../teams.ts';
import type { PartiesTools } from '../tools.ts';

/** Takes somebody whose account has ended or is shut out of every party that is not over, and their applications back. */
export async function leaveParties(tools: PartiesTools, tx: Tx, accountId: string): Promise<void> {
  for (const partyId of await findLiveIdsOf(tx, accountId)) {
    const party = await lockParty(tx, partyId);
    const [team] = party ? await addMembers(tx, [party]) : [];
    const member = team?.members.find(({ account_id }) => account_id === accountId);
    if (!team || !member || team.party.due_at === null) continue;
    await dismissMember(tools, tx, team, member);
  }
  for (const partyId of await findAppliedIdsOf(tx, accountId)) {
    const party = await lockParty(tx, partyId);
    const [application] = await findApplicationsOf(tx, accountId, [partyId]);
    if (party && application) await takeBack(tools, tx, party, application);
  }
}
