import type { Tx } from '#platform/database.ts';
import { dismissMember } from '../membership.ts';
import { findApplicationsOf, findAppliedIdsOf } from '../queries/applications.ts';
import { findLiveIdsOf } from '../queries/members.ts';
import { lockParty } from '../queries/parties.ts';
import { takeBack } from '../take-back.ts';
import { addMembers } from '../teams.ts';
import type { PartiesTools } from '../tools.ts';

/**
 * What a block ends: the one who does not lead leaves the parties that the other leads, and applications of either to
 * parties that the other is in are taken back. Two who are in a third one's party both stay, as in a group chat.
 */
export async function partParties(tools: PartiesTools, tx: Tx, accountId: string, otherId: string): Promise<void> {
  // In this order: whoever is accepted between the two questions is in the first answer, or in both.
  const applied = [...(await findAppliedIdsOf(tx, accountId)), ...(await findAppliedIdsOf(tx, otherId))];
  const [mine, theirs] = [await findLiveIdsOf(tx, accountId), await findLiveIdsOf(tx, otherId)];
  const touched = new Set([...mine.filter((partyId) => theirs.includes(partyId)), ...applied]);
  for (const partyId of [...touched].toSorted()) await partIn(tools, tx, partyId, [accountId, otherId]);
}

async function partIn(tools: PartiesTools, tx: Tx, partyId: string, pair: readonly [string, string]): Promise<void> {
  const party = await lockParty(tx, partyId);
  const [team] = party ? await addMembers(tx, [party]) : [];
  if (!team || team.party.due_at === null) return;
  const here = team.members.filter(({ account_id }) => pair.includes(account_id));
  const [guest] = here.filter(({ account_id }) => account_id !== team.party.host_id);
  if (here.length === 2 && guest && pair.includes(team.party.host_id)) await dismissMember(tools, tx, team, guest);
  if (here.length !== 1) return;
  for (const applicantId of pair) {
    const [application] = await findApplicationsOf(tx, applicantId, [partyId]);
    if (application) await takeBack(tools, tx, team.party, application);
  }
}
