import type { Actor } from '#platform/actor.ts';
import { accessPartyForChange, checkHost } from '../access.ts';
import { memberNotFound, partyClosed } from '../errors.ts';
import { dismissMember } from '../membership.ts';
import type { PartiesTools } from '../tools.ts';

/** Leaves a party, or removes somebody from one's own, who may not apply to it again. */
export async function removePartyMember(
  tools: PartiesTools,
  actor: Actor,
  { partyId, userId }: { partyId: string; userId: string },
): Promise<void> {
  await tools.db.transaction(async (tx) => {
    const team = await accessPartyForChange(tools, tx, actor, partyId);
    const isOwn = userId === actor.accountId;
    if (!isOwn) checkHost(team, actor);
    const member = team.members.find(({ account_id }) => account_id === userId);
    if (!member) throw memberNotFound();
    // Who was there to the end stays on record: they may rate each other.
    if (team.party.due_at === null) throw partyClosed();
    await dismissMember(tools, tx, team, member, isOwn ? {} : { removedBy: actor.accountId });
  });
}
