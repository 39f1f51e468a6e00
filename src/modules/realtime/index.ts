/**
 * Realtime owns the WebSocket: gateway (handshake), conversation (one socket's frames), connections (who is here),
 * router (hints from the bus to sockets), heartbeat and recheck (who is gone, whose session ended), presence (who is
 * online, and who may know), contacts (whose device was heard when). It takes the ops of other modules and hands their events out. Listens to the bus; announces nothing.
 */
import type { FastifyInstance } from 'fastify';
import type { Static } from 'typebox';
import type { Authenticate } from '#platform/actor.ts';
import type { Bus } from '#platform/bus.ts';
import type { Clock } from '#platform/clock.ts';
import type { Contact, ContactStore } from '#platform/contact-store.ts';
import { within } from '#platform/deadline.ts';
import { closeCodes, type FrameDoor, HelloFrame, PingFrame } from '#platform/frames.ts';
import type { Logger } from '#platform/logger.ts';
import type { Metrics } from '#platform/metrics.ts';
import type { PresenceStore } from '#platform/presence-store.ts';
import type { RateLimits } from '#platform/rate-limits.ts';
import { createValidator } from '#platform/validation.ts';
import { createConnections, part } from './connections.ts';
import { type SessionOfAccount, startContacts } from './contacts.ts';
import { type CheckedDoor, converse } from './conversation.ts';
import { openGateway } from './gateway.ts';
import { startHeartbeat } from './heartbeat.ts';
import { type PresencePair, startPresence } from './presence.ts';
import { createRecheck, type FindSessionRights } from './recheck.ts';
import { routeHints } from './router.ts';
import { PresenceFrame } from './schemas.ts';

export type Realtime = {
  /** All ops of the socket, for the document. */
  frames: readonly Pick<FrameDoor, 'op' | 'schema'>[];
  open(app: FastifyInstance): Promise<void>;
  /** Takes no new socket; answers the frames that were read, tells every socket that the server restarts, closes it. */
  drain(): Promise<void>;
  /** What is known of the sockets of these sessions, on any node: a hint, as presence is. */
  findContacts(sessions: readonly SessionOfAccount[]): Promise<ReadonlyMap<string, Contact>>;
  close(): void;
};

/** How long the end waits for the frames that were read. */
const DRAIN_MS = 3_000;

export function createRealtime(options: {
  bus: Bus;
  authenticate: Authenticate;
  noteActivity(accountId: string): Promise<void>;
  findSessionRights: FindSessionRights;
  findVisiblePairs(pairs: readonly PresencePair[]): Promise<readonly PresencePair[]>;
  findLastSeen(accountIds: readonly string[]): Promise<ReadonlyMap<string, Date>>;
  presenceStore: PresenceStore;
  contactStore: ContactStore;
  frames: readonly FrameDoor[];
  /** Every permission that some role can have. */
  permissions: ReadonlySet<string>;
  allowedOrigins: readonly string[];
  limits: RateLimits;
  metrics: Metrics;
  clock: Clock;
  logger: Logger;
  /** How long a second of the heartbeat lasts. */
  tickMs?: number;
}): Realtime {
  const { bus, logger, permissions, clock, tickMs = 1_000 } = options;
  const connections = createConnections();
  const presence = startPresence({ ...options, connections, store: options.presenceStore, tickMs });
  const contacts = startContacts({ ...options, connections, store: options.contactStore, tickMs });
  const frames: Omit<CheckedDoor, 'check'>[] = [
    ...options.frames,
    {
      op: 'presence',
      schema: PresenceFrame,
      access: 'chats.read',
      limit: 'presence',
      async handle({ actor, frame, connection }) {
        const { userIds } = frame as Static<typeof PresenceFrame>;
        return { items: await presence.watch(connection, actor.accountId, userIds) };
      },
    },
  ];
  const validator = createValidator();
  const doors = new Map<string, CheckedDoor>();
  for (const door of frames) {
    if (!permissions.has(door.access)) throw new Error(`the op ${door.op} declares no access that a role can have`);
    doors.set(door.op, { ...door, check: validator.compile(door.schema, 'frame') });
  }
  const tools = {
    ...options,
    connections,
    contacts,
    presence,
    doors,
    checkHello: validator.compile(HelloFrame, 'frame'),
    checkPing: validator.compile(PingFrame, 'frame'),
  };
  const recheck = createRecheck(options.findSessionRights);
  const stopRouting = routeHints(bus, connections, recheck, logger);
  const stopHeartbeat = startHeartbeat({ connections, recheck, clock, logger, tickMs });
  let isDraining = false;

  return {
    frames,
    open: (app) =>
      openGateway(app, {
        ...options,
        isDraining: () => isDraining,
        converse: (socket, tcp, visitor) => converse(tools, socket, tcp, visitor),
      }),
    async drain() {
      isDraining = true;
      const all = [...connections.all()];
      for (const connection of all) connection.isEnding = true;
      await within(DRAIN_MS, Promise.all(all.map(({ line }) => line)));
      for (const connection of connections.all()) {
        part(connection, { code: 'restart', closeCode: closeCodes.restart, retryAfterSeconds: 1 });
      }
    },
    findContacts: contacts.find,
    close() {
      stopRouting();
      stopHeartbeat();
      presence.stop();
      contacts.stop();
    },
  };
}
