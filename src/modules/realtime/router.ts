import type { Bus } from '#platform/bus.ts';
import { closeCodes, endedSessions, liveEvents } from '#platform/frames.ts';
import { type Connections, close, say, send } from './connections.ts';

/** Brings hints from the bus to this node's sockets; each frame is built once for all who get it. */
export function routeHints(bus: Bus, connections: Connections): () => void {
  const endEvents = bus.subscribe(liveEvents, ({ accountIds, event }) => {
    let frame: Buffer | undefined;
    for (const accountId of accountIds) {
      for (const { socket } of connections.ofAccount(accountId)) {
        frame ??= Buffer.from(JSON.stringify({ op: 'event', ...event }));
        send(socket, frame);
      }
    }
  });
  const endSessions = bus.subscribe(endedSessions, ({ sessionIds, reason }) => {
    for (const { socket } of sessionIds.flatMap((sessionId) => connections.ofSession(sessionId))) {
      say(socket, { op: 'event', type: 'session.ended', data: { reason } });
      say(socket, { op: 'bye', code: reason });
      close(socket, reason === 'banned' ? closeCodes.banned : closeCodes.tokenEnded, reason);
    }
  });
  return () => {
    endEvents();
    endSessions();
  };
}
