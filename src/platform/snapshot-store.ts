import { LRUCache } from 'lru-cache';
import type { Redis } from './redis.ts';

/**
 * What a first page has fixed for the pages after it, for `KEPT_SECONDS`. Values are JSON and never change; where nodes
 * share a Redis, each finds what any of them has kept. One that is gone means that the list begins anew.
 */
export type SnapshotStore = {
  /** Keeps the value unless one is kept under this key already; returns the one that counts. */
  keep<Value>(key: string, value: Value): Promise<Value>;
  find<Value>(key: string): Promise<Value | undefined>;
};

export const KEPT_SECONDS = 600;
/** Of ASCII, as lists of ids and numbers are: about six thousand lists that are paged through at one time. */
const MOST_BYTES = 64e6;

/** The store of a single process. */
export function createLocalSnapshots(): SnapshotStore {
  const kept = new LRUCache<string, string>({
    maxSize: MOST_BYTES,
    sizeCalculation: (text) => text.length,
    ttl: KEPT_SECONDS * 1_000,
  });
  return {
    async keep(key, value) {
      const known = kept.get(key);
      if (known !== undefined) return JSON.parse(known) as typeof value;
      kept.set(key, JSON.stringify(value));
      return value;
    },
    async find<Value>(key: string) {
      const known = kept.get(key);
      return known === undefined ? undefined : (JSON.parse(known) as Value);
    },
  };
}

/** The store of many nodes. While Redis is away each node knows its own alone. */
export function createRedisSnapshots({ ask }: Redis): SnapshotStore {
  const here = createLocalSnapshots();
  const keyOf = (key: string) => `soyamate:snapshot:${key}`;
  return {
    async keep(key, value) {
      const earlier = await ask((redis) =>
        redis.set(keyOf(key), JSON.stringify(value), {
          condition: 'NX',
          GET: true,
          expiration: { type: 'EX', value: KEPT_SECONDS },
        }),
      );
      return here.keep(key, typeof earlier === 'string' ? (JSON.parse(earlier) as typeof value) : value);
    },
    async find<Value>(key: string) {
      const known = await here.find<Value>(key);
      if (known !== undefined) return known;
      const kept = await ask((redis) => redis.get(keyOf(key)));
      return typeof kept === 'string' ? here.keep(key, JSON.parse(kept) as Value) : undefined;
    },
  };
}
