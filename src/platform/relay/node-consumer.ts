import type { Database } from '../database.ts';
import type { Follower, Position } from '../relay.ts';
import { BATCH, type Consumer, isLongWay, present, type Tally } from './consumer.ts';
import { countEvents, findEvents, findPosition, hasEventsLeft } from './queries.ts';

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
    types,
    async drain() {
      const horizon = await findPosition(db.read);
      const rows = await findEvents(db.read, types, place, BATCH);
      for (const row of rows) {
        await follower.handle(present(row));
        place = { transactionId: row.transaction_id, eventId: row.event_id };
        tally.handled += 1;
      }
      if (rows.length === BATCH) return 'more';
      if (isLongWay(place, horizon)) place = horizon;
      return (await hasEventsLeft(db.read, types, place)) ? 'blocked' : 'idle';
    },
    position: () => place,
    countWaiting: () => countEvents(db.read, types, place),
  };
}
