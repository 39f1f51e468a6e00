import { sql } from 'kysely';
import type { Database, Queryable, Tx } from './database.ts';
import type { Announce, EventDefinition, Happening, Listener } from './events.ts';
import type { Logger } from './logger.ts';

/** A place in the log of events: everything before it is handled. */
export type Position = { transactionId: string; eventId: number };

export type Follower = {
  name: string;
  on: readonly EventDefinition[];
  from: Position;
  handle(happening: Happening): Promise<void>;
};

export type Relay = {
  announce: Announce;
  /** Starts handing events to cluster-wide listeners. */
  start(listeners: readonly Listener[]): Promise<void>;
  /** Where the log stands now: read it before loading a copy, then `follow` from it and nothing is missed. */
  position(): Promise<Position>;
  /** Hands every event after `from` to this node's own copy. */
  follow(follower: Follower): void;
  /** Resolves when every event committed before the call has been handled: for tests and for draining. */
  settle(): Promise<void>;
  /** Events not handled yet, by consumer: a figure for the metrics. */
  lag(): Promise<Record<string, number>>;
  stop(): Promise<void>;
};

type Row = { event_id: number; transaction_id: string; type: string; payload: unknown; occurred_at: Date };
type Consumer = { name: string; types: ReadonlySet<string>; drain(): Promise<Progress> };
/** `blocked`: events exist that a running transaction still hides, so look again soon. */
type Progress = 'idle' | 'more' | 'blocked' | 'failed';

type Tally = { handled: number };

const BATCH = 200;
const POLL_MS = 1_000;
const BLOCKED_MS = 5;
const RETRY_MS = 500;
const TRIES = 20;
const KEEP_DAYS = 7;
const PURGE_MS = 3_600_000;

/**
 * Carries committed events to their listeners. Each consumer has its own loop and place, so a slow one holds up nobody.
 * A commit in this process wakes the loops at once; commits of other nodes are found by a poll each second, sooner when
 * the bus passes a hint to `wake`.
 */
export function createRelay(db: Database, logger: Logger): Relay & { wake(): void } {
  const loops: Loop[] = [];
  const tally = { handled: 0 };
  let purgeTimer: NodeJS.Timeout | undefined;
  const wake = () => {
    for (const loop of loops) loop.wake();
  };
  const add = (consumer: Consumer) => loops.push(runLoop(consumer, logger));

  return {
    wake,
    async announce(tx, event, payload) {
      await tx
        .insertInto('outbox_events')
        .values({ type: event.type, payload: JSON.stringify(payload) })
        .execute();
      db.afterCommit(tx, wake);
    },
    async start(listeners) {
      for (const [name, group] of groupByName(listeners)) {
        await insertCursor(db.read, name);
        add(createClusterConsumer(db, name, group, tally, logger));
      }
      purgeTimer = setInterval(() => void purge(db.read, logger), PURGE_MS).unref();
    },
    position: () => findPosition(db.read),
    follow: (follower) => void add(createNodeConsumer(db, follower, tally)),
    async settle() {
      // A listener may announce in its turn: go round until a round handles nothing.
      for (let before = -1; before !== tally.handled; ) {
        before = tally.handled;
        await Promise.all(loops.map((loop) => loop.settle()));
      }
    },
    async lag() {
      const rows = await findLag(db.read);
      return Object.fromEntries(rows.map(({ consumer, waiting }) => [consumer, waiting]));
    },
    async stop() {
      clearInterval(purgeTimer);
      await Promise.all(loops.map((loop) => loop.stop()));
    },
  };
}

type Loop = { wake(): void; settle(): Promise<void>; stop(): Promise<void> };

function runLoop(consumer: Consumer, logger: Logger): Loop {
  let isStopped = false;
  let isWoken = false;
  let rouse: (() => void) | undefined;
  let settled: (() => void)[] = [];

  const wake = () => {
    isWoken = true;
    rouse?.();
  };
  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      rouse = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  async function run() {
    // oxlint-disable-next-line no-unmodified-loop-condition -- stop() modifies it
    while (!isStopped) {
      isWoken = false;
      const waiting = settled;
      const progress = await consumer.drain().catch((error: unknown): Progress => {
        logger.error({ err: error, consumer: consumer.name }, 'events wait: the consumer failed');
        return 'failed';
      });
      if (progress === 'idle') {
        settled = settled.filter((resolve) => !waiting.includes(resolve));
        for (const resolve of waiting) resolve();
      }
      if (progress === 'more' || isWoken || isStopped) continue;
      await pause(progress === 'idle' ? POLL_MS : progress === 'blocked' ? BLOCKED_MS : RETRY_MS);
    }
    for (const resolve of settled) resolve();
  }
  const running = run();

  return {
    wake,
    settle: () =>
      new Promise((resolve) => {
        settled = [...settled, resolve];
        wake();
      }),
    async stop() {
      isStopped = true;
      wake();
      await running;
    },
  };
}

function createClusterConsumer(
  db: Database,
  name: string,
  listeners: readonly Listener[],
  tally: Tally,
  logger: Logger,
): Consumer {
  const types = new Set(listeners.flatMap(({ on }) => on.map(({ type }) => type)));
  const handle = async (row: Row, tx: Tx) => {
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
          const cursor = await lockCursor(tx, name);
          if (!cursor) return 'idle'; // another node is at it
          const rows = await findEvents(tx, types, cursor, BATCH);
          for (const row of rows) await handle(row, tx);
          tally.handled += rows.length;
          const last = rows.at(-1);
          if (last) await updateCursor(tx, name, { transactionId: last.transaction_id, eventId: last.event_id });
          if (rows.length === BATCH) return 'more';
          return (await hasHiddenEvents(tx, types, cursor)) ? 'blocked' : 'idle';
        });
      } catch (error) {
        await recordFailure(db, name, types, handle, error, logger);
        return 'failed';
      }
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
  handle: (row: Row, tx: Tx) => Promise<void>,
  cause: unknown,
  logger: Logger,
): Promise<void> {
  logger.warn({ err: cause, consumer: name }, 'an event could not be handled; it is tried again');
  for (;;) {
    let current: Row | undefined;
    try {
      const isDone = await db.transaction(async (tx) => {
        const cursor = await lockCursor(tx, name);
        if (!cursor) return true;
        [current] = await findEvents(tx, types, cursor, 1);
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
async function countFailure(db: Database, name: string, row: Row, error: unknown): Promise<boolean> {
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

function createNodeConsumer(db: Database, follower: Follower, tally: Tally): Consumer {
  const types = new Set(follower.on.map(({ type }) => type));
  let place = follower.from;
  return {
    name: follower.name,
    types,
    async drain() {
      const rows = await findEvents(db.read, types, place, BATCH);
      for (const row of rows) {
        await follower.handle(present(row));
        place = { transactionId: row.transaction_id, eventId: row.event_id };
        tally.handled += 1;
      }
      if (rows.length === BATCH) return 'more';
      return (await hasHiddenEvents(db.read, types, place)) ? 'blocked' : 'idle';
    },
  };
}

const present = (row: Row): Happening => ({
  eventId: row.event_id,
  type: row.type,
  payload: row.payload,
  occurredAt: row.occurred_at,
});

function groupByName(listeners: readonly Listener[]): Map<string, Listener[]> {
  return Map.groupBy(listeners, ({ name }) => name);
}

async function findEvents(db: Queryable, types: ReadonlySet<string>, after: Position, limit: number): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select event_id, transaction_id::text as transaction_id, type, payload, occurred_at
    from outbox_events
    where (transaction_id, event_id) > (${after.transactionId}::xid8, ${after.eventId}::bigint)
      and transaction_id < pg_snapshot_xmin(pg_current_snapshot())
      and type = any(${[...types]})
    order by outbox_events.transaction_id, event_id
    limit ${limit}`.execute(db);
  return rows;
}

/** Whether committed events wait behind a transaction that is still running. */
async function hasHiddenEvents(db: Queryable, types: ReadonlySet<string>, after: Position): Promise<boolean> {
  const { rows } = await sql<{ is_hidden: boolean }>`
    select exists (
      select from outbox_events
      where (transaction_id, event_id) > (${after.transactionId}::xid8, ${after.eventId}::bigint)
        and transaction_id >= pg_snapshot_xmin(pg_current_snapshot())
        and type = any(${[...types]})
    ) as is_hidden`.execute(db);
  return rows[0]?.is_hidden ?? false;
}

async function findPosition(db: Queryable): Promise<Position> {
  const { rows } = await sql<{ transaction_id: string }>`
    select pg_snapshot_xmin(pg_current_snapshot())::text as transaction_id`.execute(db);
  return { transactionId: rows[0]?.transaction_id ?? '0', eventId: 0 };
}

async function insertCursor(db: Queryable, consumer: string): Promise<void> {
  await sql`
    insert into outbox_cursors (consumer, transaction_id, event_id) values (${consumer}, '0', 0)
    on conflict do nothing`.execute(db);
}

async function lockCursor(tx: Tx, consumer: string): Promise<Position | undefined> {
  const { rows } = await sql<{ transaction_id: string; event_id: number }>`
    select transaction_id::text as transaction_id, event_id from outbox_cursors
    where consumer = ${consumer} for update skip locked`.execute(tx);
  const row = rows[0];
  return row && { transactionId: row.transaction_id, eventId: row.event_id };
}

async function updateCursor(tx: Tx, consumer: string, to: Position): Promise<void> {
  await sql`
    update outbox_cursors
    set transaction_id = ${to.transactionId}::xid8, event_id = ${to.eventId}, failures = 0, updated_at = now()
    where consumer = ${consumer}`.execute(tx);
}

async function findLag(db: Queryable) {
  const { rows } = await sql<{ consumer: string; waiting: number }>`
    select consumer, count(outbox_events.event_id) as waiting
    from outbox_cursors
    left join outbox_events on (outbox_events.transaction_id, outbox_events.event_id)
      > (outbox_cursors.transaction_id, outbox_cursors.event_id)
    group by consumer`.execute(db);
  return rows;
}

/** Old events go once every consumer has passed them. */
async function purge(db: Queryable, logger: Logger): Promise<void> {
  try {
    await sql`
      delete from outbox_events
      where occurred_at < now() - make_interval(days => ${KEEP_DAYS})
        and (transaction_id, event_id) <= all (select transaction_id, event_id from outbox_cursors)`.execute(db);
    await sql`delete from idempotency_keys where created_at < now() - interval '2 days'`.execute(db);
  } catch (error) {
    logger.warn({ err: error }, 'old events could not be removed');
  }
}
