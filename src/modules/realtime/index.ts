/**
 * Realtime owns the WebSocket: gateway (handshake), conversation (one socket's frames), connections (who is here),
 * router (hints from the bus to sockets), heartbeat. It takes the ops of other modules and hands their events out.
 * Listens to the bus; announces nothing.
 */
import type { FastifyInstance } from 'fastify';
import type { Authenticate } from '#platform/actor.ts';
import type { Bus } from '#platform/bus.ts';
import type { Clock } from '#platform/clock.ts';
import { closeCodes, type FrameDoor, HelloFrame, PingFrame } from '#platform/frames.ts';
import type { Logger } from '#platform/logger.ts';
import type { Metrics } from '#platform/metrics.ts';
import type { RateLimits } from '#platform/rate-limits.ts';
import { createValidator } from '#platform/validation.ts';
import { close, createConnections, say } from './connections.ts';
import { converse } from './conversation.ts';
import { openGateway } from './gateway.ts';
import { startHeartbeat } from './heartbeat.ts';
import { routeHints } from './router.ts';

export type Realtime = {
  open(app: FastifyInstance): Promise<void>;
  /** Tells every socket that the server restarts, and closes it. */
  drain(): void;
  close(): void;
};

export function createRealtime(options: {
  bus: Bus;
  authenticate: Authenticate;
  noteActivity(accountId: string): Promise<void>;
  findLiveSessions(sessionIds: readonly string[]): Promise<ReadonlySet<string>>;
  frames: readonly FrameDoor[];
  /** Every permission that some role can have. */
  permissions: ReadonlySet<string>;
  allowedOrigins: readonly string[];
  limits: RateLimits;
  metrics: Metrics;
  clock: Clock;
  logger: Logger;
}): Realtime {
  const { bus, frames, logger, permissions } = options;
  const connections = createConnections();
  const validator = createValidator();
  const doors = new Map(
    frames.map((door) => {
      if (!permissions.has(door.access)) throw new Error(`the op ${door.op} declares no access that a role can have`);
      return [door.op, { ...door, check: validator.compile(door.schema, 'frame') }];
    }),
  );
  const tools = {
    ...options,
    connections,
    doors,
    checkHello: validator.compile(HelloFrame, 'frame'),
    checkPing: validator.compile(PingFrame, 'frame'),
  };
  const stopRouting = routeHints(bus, connections);
  const stopHeartbeat = startHeartbeat(connections, options.findLiveSessions, logger);
  let isDraining = false;

  return {
    open: (app) =>
      openGateway(app, {
        ...options,
        isDraining: () => isDraining,
        converse: (socket, actor, locale) => converse(tools, socket, actor, locale),
      }),
    drain() {
      isDraining = true;
      for (const { socket } of connections.all()) {
        say(socket, { op: 'bye', code: 'restart', retryAfterSeconds: 1 });
        close(socket, closeCodes.restart, 'restart');
      }
    },
    close() {
      stopRouting();
      stopHeartbeat();
    },
  };
}
