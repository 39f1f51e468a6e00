import { closeCodes, HEARTBEAT_SECONDS } from '#platform/frames.ts';
import type { Logger } from '#platform/logger.ts';
import { type Connections, close, say } from './connections.ts';

/**
 * Every 25 s: pings all sockets and drops those that did not answer the last ping; asks which sessions still live, so
 * that a socket whose end the bus did not tell closes all the same.
 */
export function startHeartbeat(
  connections: Connections,
  findLiveSessions: (sessionIds: readonly string[]) => Promise<ReadonlySet<string>>,
  logger: Logger,
): () => void {
  const silent = new WeakSet<object>();

  const beat = () => {
    for (const { socket } of connections.all()) {
      if (silent.has(socket)) {
        socket.terminate();
        continue;
      }
      silent.add(socket);
      socket.once('pong', () => silent.delete(socket));
      socket.ping();
    }
    closeEnded().catch((error: unknown) => logger.warn({ err: error }, 'sessions of sockets were not checked'));
  };

  const closeEnded = async () => {
    const all = connections.all();
    if (all.length === 0) return;
    const live = await findLiveSessions([...new Set(all.map(({ actor }) => actor.sessionId))]);
    for (const { socket, actor } of all) {
      if (live.has(actor.sessionId)) continue;
      say(socket, { op: 'bye', code: 'token_ended' });
      close(socket, closeCodes.tokenEnded, 'token_ended');
    }
  };

  const timer = setInterval(beat, HEARTBEAT_SECONDS * 1_000).unref();
  return () => clearInterval(timer);
}
