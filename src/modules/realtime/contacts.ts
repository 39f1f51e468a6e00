import type { Clock } from '#platform/clock.ts';
import { type Contact, type ContactStore, NOTE_SECONDS } from '#platform/contact-store.ts';
import type { Logger } from '#platform/logger.ts';
import type { Connection, Connections } from './connections.ts';

export type Contacts = {
  /** The person of a socket is known. */
  arrive(connection: Connection): void;
  /** A socket has closed, or never began. */
  leave(connection: Connection): void;
  /** What is known of the sockets of these sessions, on any node. */
  find(sessions: readonly SessionOfAccount[]): Promise<ReadonlyMap<string, Contact>>;
  stop(): void;
};

export type SessionOfAccount = { accountId: string; sessionId: string };

/** Tells whether a device is there and when it was heard last: what it heard after a message, it got live. */
export function startContacts(options: {
  connections: Connections;
  store: ContactStore;
  clock: Clock;
  logger: Logger;
  tickMs: number;
}): Contacts {
  const { connections, store, logger, tickMs } = options;
  const quietly = (work: Promise<void>) => {
    work.catch((error: unknown) => logger.warn({ err: error }, 'other nodes do not know of sockets here'));
  };
  const timer = setInterval(() => quietly(store.note(contactsOf(connections.all()))), NOTE_SECONDS * tickMs).unref();

  return {
    arrive({ actor, heardAt }) {
      if (actor) quietly(store.note(new Map([[actor.sessionId, { heardAt, isOpen: true }]])));
    },
    leave(connection) {
      const { actor, heardAt } = connection;
      if (!actor) return;
      const here = contactsOf(connections.ofAccount(actor.accountId)).get(actor.sessionId);
      quietly(store.note(new Map([[actor.sessionId, here ?? { heardAt, isOpen: false }]])));
    },
    async find(sessions) {
      const accountIds = new Set(sessions.map(({ accountId }) => accountId));
      const here = contactsOf([...accountIds].flatMap((accountId) => [...connections.ofAccount(accountId)]));
      const elsewhere = sessions.map(({ sessionId }) => sessionId).filter((sessionId) => !here.has(sessionId));
      return new Map([...(await store.find(elsewhere)), ...here]);
    },
    stop: () => clearInterval(timer),
  };
}

/** By session, the one heard last of several. */
function contactsOf(some: Iterable<Connection>): Map<string, Contact> {
  const contacts = new Map<string, Contact>();
  for (const { actor, heardAt, socket } of some) {
    if (!actor || socket.readyState !== socket.OPEN) continue;
    const known = contacts.get(actor.sessionId);
    if (!known || known.heardAt < heardAt) contacts.set(actor.sessionId, { heardAt, isOpen: true });
  }
  return contacts;
}
