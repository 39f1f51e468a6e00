import { LRUCache } from 'lru-cache';
import type { Redis } from './redis.ts';

/** When a session was last heard over a socket, and whether one is open. */
export type Contact = { heardAt: Date; isOpen: boolean };

/**
 * What nodes know of each other's sockets, by session. An answer is a hint, late by `NOTE_SECONDS` at most; what is not
 * noted again is forgotten after `FORGET_SECONDS`.
 */
export type ContactStore = {
  note(contacts: ReadonlyMap<string, Contact>): Promise<void>;
  find(sessionIds: readonly string[]): Promise<ReadonlyMap<string, Contact>>;
};

export const NOTE_SECONDS = 20;
const FORGET_SECONDS = 120;

/** The store of a single process. */
export function createLocalContacts(): ContactStore {
  const known = new LRUCache<string, Contact>({ max: 100_000, ttl: FORGET_SECONDS * 1_000 });
  return {
    async note(contacts) {
      for (const [sessionId, contact] of contacts) known.set(sessionId, contact);
    },
    async find(sessionIds) {
      return new Map(
        sessionIds.flatMap((sessionId) => {
          const contact = known.get(sessionId);
          return contact ? [[sessionId, contact]] : [];
        }),
      );
    },
  };
}

const keyOf = (sessionId: string) => `soyamate:contact:${sessionId}`;

/** The store of many nodes. The last note of a session counts: a device has one socket, on one node. */
export function createRedisContacts({ ask }: Redis): ContactStore {
  return {
    async note(contacts) {
      if (contacts.size === 0) return;
      await ask((redis) =>
        Promise.all(
          [...contacts].map(([sessionId, { heardAt, isOpen }]) =>
            redis.set(keyOf(sessionId), `${heardAt.getTime()} ${isOpen ? 1 : 0}`, {
              expiration: { type: 'EX', value: FORGET_SECONDS },
            }),
          ),
        ),
      );
    },
    async find(sessionIds) {
      if (sessionIds.length === 0) return new Map();
      const values = await ask((redis) => redis.mGet(sessionIds.map(keyOf)));
      return new Map(
        sessionIds.flatMap((sessionId, index) => {
          const [heardAt, isOpen] = values?.[index]?.split(' ') ?? [];
          if (heardAt === undefined) return [];
          return [[sessionId, { heardAt: new Date(Number(heardAt)), isOpen: isOpen === '1' }]];
        }),
      );
    },
  };
}
