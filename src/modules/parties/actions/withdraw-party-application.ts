import type { Actor } from '#platform/actor.ts';
import { applicationClosed, applicationNotFound } from '../errors.ts';
import { findApplication } from '../queries/applications.ts';
import { lockParty } from '../queries/parties.ts';
import { takeBack } from '../take-back.ts';
import type { PartiesTools } from '../tools.ts';

/** Takes an application back. One that was refused in silence goes the same way, so that this tells nothing either. */
export async function withdrawPartyApplication(
  tools: PartiesTools,
  { accountId }: Actor,
  { partyId, applicationId }: { partyId: string; applicationId: string },
): Promise<void> {
  await tools.db.transaction(async (tx) => {
    const party = await lockParty(tx, partyId);
    const application = await findApplication(tx, partyId, applicationId);
    if (!party || application?.applicant_id !== accountId) throw applicationNotFound();
    if (application.state === 'accepted') throw applicationClosed();
    await takeBack(tools, tx, party, application);
  });
}
