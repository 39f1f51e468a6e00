import type { Bus } from '#platform/bus.ts';
import { changedAccounts, endedSessions, liveEvents } from '#platform/frames.ts';
import type { Logger } from '#platform/logger.ts';
import { type Connections, farewellOf, part, say, send } from './connections.ts';
import type { Recheck } from './recheck.ts';

/** Brings hints from the bus to this node's sockets; each frame is built once for all who get it. */
export function routeHints(bus: Bus, connections: Connections, recheck: Recheck, logger: Logger): () => void {
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
      recheck(accountIds.flatMap((accountId) => [...connections.ofAccount(accountId)])).catch((error: unknown) =>
        logger.warn({ err: error }, 'sessions of changed accounts were not checked'),
      );
    }),
  ];
  return () => {
    for (const end of ends) end();
  };
}
