import type { Actor } from '#platform/actor.ts';
import { accessApplication } from '../access.ts';
import { applicationClosed } from '../errors.ts';
import { applicationEnded } from '../events.ts';
import { tellOfApplication } from '../live.ts';
import { closeApplication } from '../queries/applications.ts';
import type { PartiesTools } from '../tools.ts';

/** Says no in silence: who applied goes on seeing an application that waits, and then one that expired. */
export async function declinePartyApplication(
  tools: PartiesTools,
  actor: Actor,
  ids: { partyId: string; applicationId: string },
): Promise<void> {
  await tools.db.transaction(async (tx) => {
    const { team, application: waiting } = await accessApplication(tools, tx, actor, ids);
    if (waiting.state === 'accepted') throw applicationClosed();
    if (waiting.state !== 'pending') return;
    const application = await closeApplication(tx, waiting.application_id, 'declined', tools.clock.now());
    const { applicant_id: applicantId } = application;
    const ended = { ...ids, applicantId, hostId: actor.accountId, outcome: 'declined' as const };
    await tools.announce(tx, applicationEnded, ended);
    tellOfApplication(tools, tx, 'host', 'party.application_closed', { party: team.party, application });
  });
}
