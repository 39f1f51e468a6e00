import type { Database } from '../database.ts';
import type { Follower, Position } from '../relay.ts';
import { BATCH, type Consumer, present, type Tally } from './consumer.ts';
import { countEvents, findEvents, hasEventsLeft } from './queries.ts';

/** Hands every event to this node's own copy; the place is kept in memory, as the copy is. */
export function createNodeConsumer(
  db: Database,
  follower: Follower,
  tally: Tally,
): Consumer & { position(): Position } {
  const types = new Set(follower.on.map(({ type }) => type));
  let place = follower.from;
  return {
    name: follower.name,
    async drain() {
      const rows = await findEvents(db.read, types, place, BATCH);
      for (const row of rows) {
        await follower.handle(present(row));
        place = { transactionId: row.transaction_id, eventId: row.event_id };
        tally.handled += 1;
      }
      if (rows.length === BATCH) return 'more';
      return (await hasEventsLeft(db.read, types, place)) ? 'blocked' : 'idle';
    },
    position: () => place,
    countWaiting: () => countEvents(db.read, types, place),
  };
}
