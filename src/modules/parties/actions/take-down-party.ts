import type { Tx } from '#platform/database.ts';
import { lockParty, updateParty } from '../queries/parties.ts';
import { endParty } from '../stages.ts';
import { addMembers } from '../teams.ts';
import type { PartiesTools } from '../tools.ts';

/**
 * Ends a party by a decision of moderators and takes its words off, those of its chat's title too; its members keep the
 * chat, and who has played in it the right to rate the others.
 */
export async function takeDownParty(tools: PartiesTools, tx: Tx, partyId: string): Promise<void> {
  const party = await lockParty(tx, partyId);
  const [team] = party ? await addMembers(tx, [party]) : [];
  if (!team) return;
  const words = await updateParty(tx, partyId, { title: NEUTRAL_TITLE, note: null, mode: null });
  await tools.messenger.resetChatInfo(tx, team.party.chat_id);
  if (words.due_at === null) return;
  await endParty(tools, tx, { ...team, party: words }, words.state === 'started' ? 'finished' : 'cancelled');
}

const NEUTRAL_TITLE = 'Party';
