import { type Bus, createLocalBus, topic } from './bus.ts';
import type { Database } from './database.ts';
import type { Announce, EventDefinition, Happening, Listener } from './events.ts';
import type { Logger } from './logger.ts';
import { createClusterConsumer } from './relay/cluster-consumer.ts';
import type { Consumer } from './relay/consumer.ts';
import { type Loop, runLoop } from './relay/loop.ts';
import { createNodeConsumer } from './relay/node-consumer.ts';
import { findLogId, findPosition, insertCursor, purge } from './relay/queries.ts';

/** A place in the log of events: everything before it is handled. */
export type Position = { transactionId: string; eventId: number };

export type Follower = {
  name: string;
  on: readonly EventDefinition[];
  from: Position;
  handle(happening: Happening): Promise<void>;
};

export type Following = {
  /** Everything before it has been handled. */
  position(): Position;
  /** Resolves when every event committed before the call has been handed over. */
  settle(): Promise<void>;
};

export type Relay = {
  announce: Announce;
  /** Starts handing events to cluster-wide listeners. */
  start(listeners: readonly Listener[]): Promise<void>;
  /** Where the log stands now: read it before loading a copy, then `follow` from it and nothing is missed. */
  position(): Promise<Position>;
  /** Hands every event after `from` to this node's own copy. */
  follow(follower: Follower): Following;
  /** Which log this is: places in another one say nothing. Undefined when the database does not tell. */
  logId(): Promise<string | undefined>;
  /** Resolves when every event committed before the call has been handled: for tests and for draining. */
  settle(): Promise<void>;
  /** Events not handled yet, by consumer: a figure for the metrics. */
  lag(): Promise<Record<string, number>>;
  stop(): Promise<void>;
};

/** A hint to every node: there is a new event of this type in the log. */
const logGrew = topic<{ type: string }>('relay.log-grew');

const PURGE_MS = 3_600_000;

/**
 * Carries committed events to their listeners. Each consumer has its own loop and place, so a slow one holds up nobody.
 * A commit wakes the loops of its events on all nodes by a hint over the bus; should the hint be lost, a poll each second finds it.
 */
export function createRelay(db: Database, logger: Logger, bus: Bus = createLocalBus()): Relay & { wake(): void } {
  const loops: Loop[] = [];
  const consumers: Consumer[] = [];
  const loopsByType = new Map<string, Loop[]>();
  const tally = { handled: 0 };
  let purgeTimer: NodeJS.Timeout | undefined;
  const wake = () => {
    for (const loop of loops) loop.wake();
  };
  const stopListening = bus.subscribe(logGrew, ({ type }) => {
    for (const loop of loopsByType.get(type) ?? []) loop.wake();
  });
  const add = (consumer: Consumer): Loop => {
    const loop = runLoop(consumer, logger);
    consumers.push(consumer);
    loops.push(loop);
    for (const type of consumer.types) loopsByType.set(type, [...(loopsByType.get(type) ?? []), loop]);
    return loop;
  };

  return {
    wake,
    async announce(tx, event, payload) {
      await tx
        .insertInto('outbox_events')
        .values({ type: event.type, payload: JSON.stringify(payload) })
        .execute();
      db.afterCommit(tx, () => bus.publish(logGrew, { type: event.type }));
    },
    async start(listeners) {
      for (const [name, group] of groupByName(listeners)) {
        await insertCursor(db.read, name);
        add(createClusterConsumer(db, name, group, tally, logger));
      }
      purgeTimer = setInterval(() => void purge(db.read, logger), PURGE_MS).unref();
    },
    position: () => findPosition(db.read),
    follow(follower) {
      const consumer = createNodeConsumer(db, follower, tally);
      const { settle } = add(consumer);
      return { position: consumer.position, settle };
    },
    logId: () => findLogId(db.read).catch(() => undefined),
    async settle() {
      // A listener may announce in its turn: go round until a round handles nothing.
      for (let before = -1; before !== tally.handled; ) {
        before = tally.handled;
        await Promise.all(loops.map((loop) => loop.settle()));
      }
    },
    async lag() {
      const counts = consumers.map(async ({ name, countWaiting }) => [name, await countWaiting()] as const);
      return Object.fromEntries(await Promise.all(counts));
    },
    async stop() {
      stopListening();
      clearInterval(purgeTimer);
      await Promise.all(loops.map((loop) => loop.stop()));
    },
  };
}

function groupByName(listeners: readonly Listener[]): Map<string, Listener[]> {
  return Map.groupBy(listeners, ({ name }) => name);
}
