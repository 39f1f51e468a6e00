import type { Clock } from '#platform/clock.ts';
import { closeCodes, HEARTBEAT_SECONDS } from '#platform/frames.ts';
import type { Logger } from '#platform/logger.ts';
import { type Connection, type Connections, part } from './connections.ts';
import type { Recheck } from './recheck.ts';

const HELLO_SECONDS = 10;
/** A reader that takes nothing for so long, while something waits for it, is closed however little that is. */
const MAX_STUCK_SECONDS = 30;

/**
 * Looks at every socket each second. It pings each 25 s and drops what has been silent since the last ping, closes what
 * does not introduce itself, whose token has ended or who does not read, and asks every 25 s which sessions still live,
 * so that a socket whose end the bus did not tell closes all the same. Seconds are counted here, not taken from the
 * clock: a clock that jumps closes nobody but those whose token it ends. Returns the call that stops it.
 */
export function startHeartbeat(options: {
  connections: Connections;
  recheck: Recheck;
  clock: Clock;
  logger: Logger;
  /** How long a second lasts; tests make it shorter. */
  tickMs: number;
}): () => void {
  const { connections, recheck, clock, logger, tickMs } = options;
  let seconds = 0;

  const tick = () => {
    seconds += 1;
    const now = clock.now();
    for (const connection of connections.all()) look(connection, now);
    if (seconds % HEARTBEAT_SECONDS !== 0) return;
    recheck([...connections.all()]).catch((error: unknown) =>
      logger.warn({ err: error }, 'sessions of sockets were not checked'),
    );
  };
  const timer = setInterval(tick, tickMs).unref();
  return () => clearInterval(timer);
}

function look(connection: Connection, now: Date): void {
  const { socket, actor } = connection;
  connection.age += 1;
  if (!actor && connection.age >= HELLO_SECONDS) {
    part(connection, { code: 'hello_timeout', closeCode: closeCodes.tokenEnded });
  } else if (actor && actor.tokenEndsAt <= now) {
    part(connection, { code: 'token_ended', closeCode: closeCodes.tokenEnded });
  }
  if (isStuck(connection)) part(connection, { code: 'too_slow', closeCode: closeCodes.tooSlow });
  if (connection.age % HEARTBEAT_SECONDS !== 0) return;
  if (!connection.isAlive) {
    socket.terminate();
    return;
  }
  connection.isAlive = false;
  if (socket.readyState === socket.OPEN) socket.ping();
}

function isStuck(connection: Connection): boolean {
  const { tcp } = connection;
  const takenBytes = tcp.bytesWritten - tcp.writableLength;
  const isMoving = tcp.writableLength === 0 || takenBytes !== connection.takenBytes;
  connection.takenBytes = takenBytes;
  connection.stuckSeconds = isMoving ? 0 : connection.stuckSeconds + 1;
  return connection.stuckSeconds >= MAX_STUCK_SECONDS;
}
