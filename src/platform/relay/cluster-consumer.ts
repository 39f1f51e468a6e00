import type { Database, Tx } from '../database.ts';
import type { Listener } from '../events.ts';
import type { Logger } from '../logger.ts';
import { BATCH, type Consumer, isLongWay, present, type Tally } from './consumer.ts';
import {
  countEvents,
  type EventRow,
  findCursor,
  findEvents,
  hasEventsLeft,
  lockCursor,
  updateCursor,
} from './queries.ts';

const TRIES = 20;

/** Hands events to listeners on one node of the cluster; what they write commits together with the new place. */
export function createClusterConsumer(
  db: Database,
  name: string,
  listeners: readonly Listener[],
  tally: Tally,
  logger: Logger,
): Consumer {
  const types = new Set(listeners.flatMap(({ on }) => on.map(({ type }) => type)));
  const handle = async (row: EventRow, tx: Tx) => {
    for (const listener of listeners) {
      if (listener.on.some(({ type }) => type === row.type)) await listener.handle(present(row), tx);
    }
  };
  return {
    name,
    types,
    async drain() {
      try {
        return await db.transaction(async (tx) => {
          const locked = await lockCursor(tx, name);
          if (!locked) return 'idle'; // another node is at it
          const { cursor, horizon } = locked;
          const rows = await findEvents(tx, types, cursor, BATCH);
          for (const row of rows) await handle(row, tx);
          tally.handled += rows.length;
          const last = rows.at(-1);
          const place = last ? { transactionId: last.transaction_id, eventId: last.event_id } : cursor;
          if (rows.length === BATCH) {
            await updateCursor(tx, name, place);
            return 'more';
          }
          if (isLongWay(place, horizon)) await updateCursor(tx, name, horizon);
          else if (last) await updateCursor(tx, name, place);
          return (await hasEventsLeft(tx, types, place)) ? 'blocked' : 'idle';
        });
      } catch (error) {
        await recordFailure(db, name, types, handle, error, logger);
        return 'failed';
      }
    },
    async countWaiting() {
      const cursor = await findCursor(db.read, name);
      return cursor ? countEvents(db.read, types, cursor) : 0;
    },
  };
}

/**
 * After a batch failed: go on one event at a time, so that the good ones pass and the bad one is known. After TRIES
 * failures it moves to the dead letters and the line goes on.
 */
async function recordFailure(
  db: Database,
  name: string,
  types: ReadonlySet<string>,
  handle: (row: EventRow, tx: Tx) => Promise<void>,
  cause: unknown,
  logger: Logger,
): Promise<void> {
  logger.warn({ err: cause, consumer: name }, 'an event could not be handled; it is tried again');
  for (;;) {
    let current: EventRow | undefined;
    try {
      const isDone = await db.transaction(async (tx) => {
        const locked = await lockCursor(tx, name);
        if (!locked) return true;
        [current] = await findEvents(tx, types, locked.cursor, 1);
        if (!current) return true;
        await handle(current, tx);
        await updateCursor(tx, name, { transactionId: current.transaction_id, eventId: current.event_id });
        return false;
      });
      if (isDone) return;
    } catch (error) {
      if (!current) throw error;
      if (await countFailure(db, name, current, error)) {
        logger.error({ err: error, consumer: name, eventId: current.event_id }, 'an event moved to the dead letters');
        continue;
      }
      return;
    }
  }
}

/** Returns whether the event has failed so often that it was set aside. */
async function countFailure(db: Database, name: string, row: EventRow, error: unknown): Promise<boolean> {
  return db.transaction(async (tx) => {
    const { failures } = await tx
      .updateTable('outbox_cursors')
      .set((eb) => ({ failures: eb('failures', '+', 1) }))
      .where('consumer', '=', name)
      .returning('failures')
      .executeTakeFirstOrThrow();
    if (failures < TRIES) return false;
    await tx
      .insertInto('outbox_dead_letters')
      .values({
        consumer: name,
        event_id: row.event_id,
        type: row.type,
        payload: JSON.stringify(row.payload),
        error: String(error).slice(0, 2_000),
      })
      .onConflict((oc) => oc.doNothing())
      .execute();
    await updateCursor(tx, name, { transactionId: row.transaction_id, eventId: row.event_id });
    return true;
  });
}
