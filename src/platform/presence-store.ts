import type { Clock } from './clock.ts';
import type { Redis } from './redis.ts';

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
  };
}

const BATCH = 500;

/** The store of many nodes: for each account the nodes where it has sockets, each with the moment when that is forgotten. */
export function createRedisPresence({ nodeId, ask }: Redis, clock: Clock): PresenceStore {
  const here = new Set<string>();
  const keyOf = (accountId: string) => `soyamate:presence:${accountId}`;
  return {
    async keep(accountIds) {
      for (const accountId of accountIds) here.add(accountId);
      const member = { value: nodeId, score: clock.now().getTime() + PRESENCE_SECONDS * 1_000 };
      for (const batch of batchesOf(accountIds)) {
        await ask((redis) =>
          Promise.all(
            batch.flatMap((accountId): Promise<unknown>[] => [
              redis.zAdd(keyOf(accountId), member),
              redis.expire(keyOf(accountId), PRESENCE_SECONDS),
            ]),
          ),
        );
      }
    },
    async drop(accountId) {
      here.delete(accountId);
      await ask((redis) => redis.zRem(keyOf(accountId), nodeId));
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
  };
}

function* batchesOf(accountIds: readonly string[]): Iterable<readonly string[]> {
  for (let start = 0; start < accountIds.length; start += BATCH) yield accountIds.slice(start, start + BATCH);
}
