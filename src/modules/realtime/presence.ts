import type { Static } from 'typebox';
import type { Bus } from '#platform/bus.ts';
import type { Clock } from '#platform/clock.ts';
import type { Logger } from '#platform/logger.ts';
import {
  KEEP_SECONDS,
  type PresenceHint,
  type PresenceStore,
  presenceChanged,
  presenceParted,
} from '#platform/presence-store.ts';
import { type Connection, type Connections, send } from './connections.ts';
import type { UserPresence } from './schemas.ts';

export type PresencePair = { viewerId: string; accountId: string };

export type PresenceTools = {
  bus: Bus;
  connections: Connections;
  store: PresenceStore;
  /** Those of the pairs whose viewer may know whether the account is online. Nobody else learns anything. */
  findVisiblePairs(pairs: readonly PresencePair[]): Promise<readonly PresencePair[]>;
  findLastSeen(accountIds: readonly string[]): Promise<ReadonlyMap<string, Date>>;
  noteActivity(accountId: string): Promise<void>;
  clock: Clock;
  logger: Logger;
  tickMs: number;
};

export type Presence = {
  /** A socket of the account opened here. */
  arrive(accountId: string): void;
  /** A socket of the account closed here. */
  leave(connection: Connection): void;
  /** What the viewer may know of these accounts now; changes follow on this socket until it names others. */
  watch(
    connection: Connection,
    viewerId: string,
    accountIds: readonly string[],
  ): Promise<Static<typeof UserPresence>[]>;
  stop(): void;
};

/** Somebody who comes back so soon was never away: a phone that changes from Wi-Fi to the mobile net. */
const ABSENCE_SECONDS = 15;

type Watched = { isOnline: boolean; watchers: Set<Connection> };

/**
 * Who is online. Each node tells the others of comings and goings by hints, and looks at the store itself every 20 s,
 * so that a lost hint or a node that died is made good.
 */
export function startPresence(tools: PresenceTools): Presence {
  const { bus, connections, store, clock, logger } = tools;
  /** Accounts whose last socket here has gone, with the seconds left until that counts. */
  const leaving = new Map<string, number>();
  const here = new Set<string>();
  const watched = new Map<string, Watched>();
  const watching = new WeakMap<Connection, readonly string[]>();
  let seconds = 0;

  const quietly = (work: Promise<unknown>) => {
    work.catch((error: unknown) => logger.warn({ err: error }, 'presence may be late'));
  };

  const depart = async (accountId: string) => {
    if (connections.ofAccount(accountId).size > 0) return;
    here.delete(accountId);
    await store.drop(accountId);
    const isElsewhere = (await store.findOnline([accountId])).has(accountId);
    if (!isElsewhere)
      bus.publish(presenceChanged, { accountId, isOnline: false, lastSeenAt: clock.now().toISOString() });
    await tools.noteActivity(accountId);
  };

  const tell = async ({ accountId, isOnline, lastSeenAt }: PresenceHint) => {
    const entry = watched.get(accountId);
    if (!entry || entry.isOnline === isOnline) return;
    entry.isOnline = isOnline;
    const viewerIds = new Set([...entry.watchers].flatMap(({ actor }) => actor?.accountId ?? []));
    const pairs = await tools.findVisiblePairs([...viewerIds].map((viewerId) => ({ viewerId, accountId })));
    const allowed = new Set(pairs.map(({ viewerId }) => viewerId));
    const frame = frameOf({ accountId, isOnline, ...(lastSeenAt !== undefined && { lastSeenAt }) });
    for (const watcher of entry.watchers) {
      if (watcher.actor && allowed.has(watcher.actor.accountId)) send(watcher, frame);
    }
  };

  /** To the viewer it is as if the account left now, and nothing of it follows. */
  const part = (viewerId: string, accountId: string) => {
    const entry = watched.get(accountId);
    for (const watcher of connections.ofAccount(viewerId)) {
      if (!entry?.watchers.delete(watcher)) continue;
      if (entry.isOnline) send(watcher, frameOf({ accountId, isOnline: false, lastSeenAt: clock.now().toISOString() }));
    }
    if (entry?.watchers.size === 0) watched.delete(accountId);
  };

  const compare = async () => {
    const online = await store.findOnline([...watched.keys()]);
    for (const [accountId, { isOnline }] of watched) {
      if (online.has(accountId) === isOnline) continue;
      await tell({ accountId, isOnline: !isOnline, ...(isOnline && { lastSeenAt: clock.now().toISOString() }) });
    }
  };

  const forget = (connection: Connection) => {
    for (const accountId of watching.get(connection) ?? []) {
      const entry = watched.get(accountId);
      entry?.watchers.delete(connection);
      if (entry?.watchers.size === 0) watched.delete(accountId);
    }
    watching.delete(connection);
  };

  const tick = () => {
    seconds += 1;
    for (const [accountId, left] of leaving) {
      leaving.set(accountId, left - 1);
      if (left > 1) continue;
      leaving.delete(accountId);
      quietly(depart(accountId));
    }
    if (seconds % KEEP_SECONDS === 0) quietly(store.keep([...here]).then(compare));
  };

  const timer = setInterval(tick, tools.tickMs).unref();
  const ends = [
    bus.subscribe(presenceChanged, (hint) => quietly(tell(hint))),
    bus.subscribe(presenceParted, ({ accountId, otherId }) => {
      part(accountId, otherId);
      part(otherId, accountId);
    }),
  ];

  return {
    arrive(accountId) {
      leaving.delete(accountId);
      if (here.has(accountId)) return;
      here.add(accountId);
      quietly(store.keep([accountId]));
      bus.publish(presenceChanged, { accountId, isOnline: true });
    },
    leave(connection) {
      forget(connection);
      const accountId = connection.actor?.accountId;
      if (accountId && connections.ofAccount(accountId).size === 0) leaving.set(accountId, ABSENCE_SECONDS);
    },
    async watch(connection, viewerId, accountIds) {
      const pairs = await tools.findVisiblePairs(accountIds.map((accountId) => ({ viewerId, accountId })));
      const visible = new Set(pairs.map(({ accountId }) => accountId));
      const online = await store.findOnline([...visible]);
      const lastSeen = await tools.findLastSeen([...visible].filter((accountId) => !online.has(accountId)));
      forget(connection);
      if (connections.all().has(connection)) {
        watching.set(connection, [...visible]);
        for (const accountId of visible) {
          const entry = watched.get(accountId) ?? { isOnline: online.has(accountId), watchers: new Set() };
          entry.watchers.add(connection);
          watched.set(accountId, entry);
        }
      }
      return accountIds.map((userId) => {
        const lastSeenAt = lastSeen.get(userId);
        return { userId, isOnline: online.has(userId), ...(lastSeenAt && { lastSeenAt }) };
      });
    },
    stop() {
      clearInterval(timer);
      for (const end of ends) end();
    },
  };
}

const frameOf = ({ accountId: userId, ...hint }: PresenceHint): Buffer =>
  Buffer.from(JSON.stringify({ op: 'event', type: 'presence.changed', data: { userId, ...hint } }));
