import { topic } from './bus.ts';
import type { Clock } from './clock.ts';
import type { Redis } from './redis.ts';

export type PresenceHint = { accountId: string; isOnline: boolean; lastSeenAt?: string };
/** Somebody came or went. What a lost hint missed is seen at the next look at the store. */
export const presenceChanged = topic<PresenceHint>('presence.changed');

/** From now on neither of the two may know whether the other is online. */
export const presenceParted = topic<{ accountId: string; otherId: string }>('presence.parted');

/**
 * Which accounts have an open socket on some node. A node repeats what it keeps every `KEEP_SECONDS`; a node that died
 * is forgotten after `PRESENCE_SECONDS`. Answers are hints like those of the bus: late by that much at most.
 */
export type PresenceStore = {
  /** This node has sockets of these accounts. */
  keep(accountIds: readonly string[]): Promise<void>;
  /** The last socket of the account on this node has gone. */
  drop(accountId: string): Promise<void>;
  findOnline(accountIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** Everybody online, on any node; undefined when the store does not answer. */
  listOnline(): Promise<ReadonlySet<string> | undefined>;
};

export const KEEP_SECONDS = 20;
export const PRESENCE_SECONDS = 50;

/** The store of a single process. */
export function createLocalPresence(): PresenceStore {
  const here = new Set<string>();
  return {
    async keep(accountIds) {
      for (const accountId of accountIds) here.add(accountId);
    },
    async drop(accountId) {
      here.delete(accountId);
    },
    findOnline: async (accountIds) => new Set(accountIds.filter((accountId) => here.has(accountId))),
    listOnline: async () => new Set(here),
  };
}

const BATCH = 500;
/** Account and node of all who are online, each with the moment when that is forgotten. */
const EVERYBODY = 'soyamate:presence';

/** The store of many nodes: for each account the nodes where it has sockets, each with the moment when that is forgotten. */
export function createRedisPresence({ nodeId, ask }: Redis, clock: Clock): PresenceStore {
  const here = new Set<string>();
  const keyOf = (accountId: string) => `soyamate:presence:${accountId}`;
  const placeOf = (accountId: string) => `${accountId} ${nodeId}`;
  return {
    async keep(accountIds) {
      for (const accountId of accountIds) here.add(accountId);
      const now = clock.now().getTime();
      const score = now + PRESENCE_SECONDS * 1_000;
      for (const batch of batchesOf(accountIds)) {
        await ask((redis) =>
          Promise.all([
            redis.zAdd(
              EVERYBODY,
              batch.map((accountId) => ({ value: placeOf(accountId), score })),
            ),
            redis.zRemRangeByScore(EVERYBODY, '-inf', now),
            ...batch.flatMap((accountId): Promise<unknown>[] => [
              redis.zAdd(keyOf(accountId), { value: nodeId, score }),
              redis.expire(keyOf(accountId), PRESENCE_SECONDS),
            ]),
          ]),
        );
      }
    },
    async drop(accountId) {
      here.delete(accountId);
      await ask((redis) =>
        Promise.all([redis.zRem(keyOf(accountId), nodeId), redis.zRem(EVERYBODY, placeOf(accountId))]),
      );
    },
    async findOnline(accountIds) {
      const online = new Set(accountIds.filter((accountId) => here.has(accountId)));
      const now = clock.now().getTime();
      for (const batch of batchesOf(accountIds.filter((accountId) => !here.has(accountId)))) {
        const counts = await ask((redis) =>
          Promise.all(batch.map((accountId) => redis.zCount(keyOf(accountId), now, '+inf'))),
        );
        batch.forEach((accountId, index) => {
          if (counts?.[index]) online.add(accountId);
        });
      }
      return online;
    },
    async listOnline() {
      const places = await ask((redis) => redis.zRangeByScore(EVERYBODY, clock.now().getTime(), '+inf'));
      return places && new Set([...here, ...places.map((place) => place.slice(0, place.indexOf(' ')))]);
    },
  };
}

function* batchesOf(accountIds: readonly string[]): Iterable<readonly string[]> {
  for (let start = 0; start < accountIds.length; start += BATCH) yield accountIds.slice(start, start + BATCH);
}
