import type { Actor } from '#platform/actor.ts';
import { accessHosted } from '../access.ts';
import { partyClosed } from '../errors.ts';
import { endParty } from '../stages.ts';
import type { PartiesTools } from '../tools.ts';

/** Calls a party off. One that has started can only be finished: nobody escapes the ratings of those who came. */
export async function cancelParty(tools: PartiesTools, actor: Actor, partyId: string): Promise<void> {
  await tools.db.transaction(async (tx) => {
    const team = await accessHosted(tools, tx, actor, partyId);
    if (team.party.state === 'cancelled') return;
    if (team.party.started_at !== null) throw partyClosed();
    await endParty(tools, tx, team, 'cancelled');
  });
}
