import type { Actor } from '#platform/actor.ts';
import { accessApplication } from '../access.ts';
import { applicationClosed, partyClosed } from '../errors.ts';
import { applicationEnded } from '../events.ts';
import { tellOfApplication } from '../live.ts';
import { admitMember } from '../membership.ts';
import { presentParty } from '../present.ts';
import { closeApplication } from '../queries/applications.ts';
import type { Party } from '../schemas.ts';
import { isJoinable } from '../stages.ts';
import { addMembers } from '../teams.ts';
import type { PartiesTools } from '../tools.ts';
import { filterVisible } from '../visibility.ts';

/** Takes the applicant into the party and its chat. Accepting again is fine; the party never grows over its size. */
export async function acceptPartyApplication(
  tools: PartiesTools,
  actor: Actor,
  ids: { partyId: string; applicationId: string },
): Promise<Party> {
  const now = tools.clock.now();
  return tools.db.transaction(async (tx) => {
    const { team, application: waiting } = await accessApplication(tools, tx, actor, ids);
    const { applicant_id: applicantId, slot } = waiting;
    if (waiting.state === 'accepted') return presentParty(tools, tx, actor, team);
    if (waiting.state !== 'pending') throw applicationClosed();
    if (!isJoinable(team.party, now)) throw partyClosed();
    // A ban, or a block of somebody in the party, may have come since.
    const applicant = { accountId: applicantId, role: 'user' as const };
    const [account] = await tools.accounts.findAccounts(tx, [applicantId]);
    const isWelcome = (await filterVisible(tools, tx, applicant, [team])).length > 0;
    if (!account?.isActive || !isWelcome) throw applicationClosed();

    const application = await closeApplication(tx, waiting.application_id, 'accepted', now);
    const hostId = actor.accountId;
    const { partyId, applicationId } = ids;
    await tools.announce(tx, applicationEnded, { applicationId, partyId, applicantId, hostId, outcome: 'accepted' });
    const party = await admitMember(tools, tx, team, { accountId: applicantId, slot: slot ?? undefined });
    tellOfApplication(tools, tx, 'applicant', 'party.application_accepted', { party, application });
    const [grown] = await addMembers(tx, [party]);
    return presentParty(tools, tx, actor, grown ?? team);
  });
}
