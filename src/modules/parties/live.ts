import type { Tx } from '#platform/database.ts';
import { type LiveEvent, liveEvents } from '#platform/frames.ts';
import { presentApplication, presentOwnApplication } from './present.ts';
import type { ApplicationRow, PartyRow } from './tables.ts';
import type { PartiesTools } from './tools.ts';

type Live = Pick<PartiesTools, 'db' | 'bus'>;
type PartyEvent = Extract<LiveEvent['type'], `party.${string}`>;

/** Tells open sockets, once the transaction has committed, that a party has changed. Each asks for it as they may see it. */
export function tellOfParty(
  { db, bus }: Live,
  tx: Tx,
  accountIds: readonly string[],
  type: PartyEvent,
  party: PartyRow,
) {
  const { party_id: partyId, state, size, member_count: memberCount } = party;
  const event = { type, data: { partyId, state, size, memberCount } };
  db.afterCommit(tx, () => bus.publish(liveEvents, { accountIds, event }));
}

/** Tells one side of an application, which sees it in its own way. */
export function tellOfApplication(
  { db, bus }: Live,
  tx: Tx,
  side: 'host' | 'applicant',
  type: PartyEvent,
  { party, application }: { party: PartyRow; application: ApplicationRow },
): void {
  const accountId = side === 'host' ? party.host_id : application.applicant_id;
  const data = side === 'host' ? presentApplication(application) : presentOwnApplication(application, party);
  db.afterCommit(tx, () => bus.publish(liveEvents, { accountIds: [accountId], event: { type, data } }));
}
