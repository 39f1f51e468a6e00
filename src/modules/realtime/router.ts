import { type Bus, busGaps } from '#platform/bus.ts';
import { changedAccounts, endedSessions, liveEvents } from '#platform/frames.ts';
import type { Logger } from '#platform/logger.ts';
import { type Connection, type Connections, farewellOf, part, say, send } from './connections.ts';
import type { Recheck } from './recheck.ts';

/** Clients choose a moment within these seconds, so that they do not all ask at once. */
const SYNC_NEEDED = Buffer.from(JSON.stringify({ op: 'event', type: 'sync.needed', data: { withinSeconds: 5 } }));

/** Brings hints from the bus to this node's sockets; each frame is built once for all who get it. */
export function routeHints(bus: Bus, connections: Connections, recheck: Recheck, logger: Logger): () => void {
  const recheckQuietly = (some: readonly Connection[]) => {
    recheck(some).catch((error: unknown) => logger.warn({ err: error }, 'sessions of sockets were not checked'));
  };
  const ends = [
    bus.subscribe(liveEvents, ({ accountIds, event }) => {
      let frame: Buffer | undefined;
      for (const accountId of accountIds) {
        for (const connection of connections.ofAccount(accountId)) {
          frame ??= Buffer.from(JSON.stringify({ op: 'event', ...event }));
          send(connection, frame);
        }
      }
    }),
    bus.subscribe(endedSessions, ({ sessionIds, reason }) => {
      for (const sessionId of sessionIds) {
        connections.endSession(sessionId, reason);
        for (const connection of connections.ofSession(sessionId)) {
          say(connection, { op: 'event', type: 'session.ended', data: { reason } });
          part(connection, farewellOf(reason));
        }
      }
    }),
    bus.subscribe(changedAccounts, ({ accountIds }) => {
      recheckQuietly(accountIds.flatMap((accountId) => [...connections.ofAccount(accountId)]));
    }),
    bus.subscribe(busGaps, () => {
      const all = [...connections.all()];
      for (const connection of all) {
        if (connection.actor) send(connection, SYNC_NEEDED);
      }
      recheckQuietly(all);
    }),
  ];
  return () => {
    for (const end of ends) end();
  };
}
