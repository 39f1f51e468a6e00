import type { Database } from '#platform/database.ts';

/** Payloads of the events of one type, oldest first: what was announced. */
export async function findAnnounced(db: Database, type: string): Promise<unknown[]> {
  const rows = await db.read
    .selectFrom('outbox_events')
    .select('payload')
    .where('type', '=', type)
    .orderBy('event_id')
    .execute();
  return rows.map(({ payload }) => payload);
}
