import type { Tx } from '#platform/database.ts';
import { type LiveEvent, liveEvents } from '#platform/frames.ts';
import { presentRequest } from './present.ts';
import type { TeammateRequestRow } from './tables.ts';
import type { RelationshipsTools } from './tools.ts';

/** Tells one person's open sockets about a request once the transaction has committed. */
export function tellLive(
  { db, bus, clock }: RelationshipsTools,
  tx: Tx,
  accountId: string,
  type: Extract<LiveEvent['type'], `teammate_request.${string}`>,
  request: TeammateRequestRow,
): void {
  const data = presentRequest(request, accountId, clock.now());
  db.afterCommit(tx, () => bus.publish(liveEvents, { accountIds: [accountId], event: { type, data } }));
}
