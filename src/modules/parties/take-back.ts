import type { Tx } from '#platform/database.ts';
import { applicationEnded } from './events.ts';
import { tellOfApplication } from './live.ts';
import { closeApplication, markWithdrawn } from './queries/applications.ts';
import type { ApplicationRow, PartyRow } from './tables.ts';
import type { PartiesTools } from './tools.ts';

/** Ends an application for its sender. Expects the party to be locked. */
export async function takeBack(
  tools: PartiesTools,
  tx: Tx,
  party: PartyRow,
  application: ApplicationRow,
): Promise<void> {
  const { application_id: applicationId, applicant_id: applicantId, state } = application;
  const now = tools.clock.now();
  if (state === 'declined') await markWithdrawn(tx, applicationId, now);
  if (state !== 'pending') return;
  const withdrawn = await closeApplication(tx, applicationId, 'withdrawn', now);
  const { party_id: partyId, host_id: hostId } = party;
  await tools.announce(tx, applicationEnded, { applicationId, partyId, applicantId, hostId, outcome: 'withdrawn' });
  tellOfApplication(tools, tx, 'host', 'party.application_closed', { party, application: withdrawn });
}
