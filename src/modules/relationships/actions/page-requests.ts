import { type Static, Type } from 'typebox';
import { presentRequest } from '../present.ts';
import { findIncoming, findOutgoing } from '../queries.ts';
import { REPEAT_MS } from '../request-rules.ts';
import type { directions, TeammateRequest } from '../schemas.ts';
import type { RelationshipsTools } from '../tools.ts';

export type RequestsPage = { items: Static<typeof TeammateRequest>[]; nextCursor?: string };

/** Incoming: what waits for an answer. Outgoing: what was sent in the last 30 days. The latest first. */
export async function pageRequests(
  { db, cursors, clock }: RelationshipsTools,
  accountId: string,
  direction: (typeof directions)[number],
  limit: number,
  cursor: string | undefined,
): Promise<RequestsPage> {
  const purpose = `teammate-requests:${direction}:${accountId}`;
  const before = cursor === undefined ? undefined : cursors.open(purpose, Type.String(), cursor);
  const now = clock.now();
  const rows =
    direction === 'incoming'
      ? await findIncoming(db.read, accountId, now, before, limit + 1)
      : await findOutgoing(db.read, accountId, new Date(now.getTime() - REPEAT_MS), before, limit + 1);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map((row) => presentRequest(row, accountId, now)),
    ...(last && rows.length > limit && { nextCursor: cursors.seal(purpose, last.request_id) }),
  };
}
