import type { WebSocket } from 'ws';
import type { Actor, Authenticate } from '#platform/actor.ts';
import type { Clock } from '#platform/clock.ts';
import { defineProblem, forbidden, type Locale, unauthenticated } from '#platform/errors.ts';
import { closeCodes, type FrameDoor, HEARTBEAT_SECONDS } from '#platform/frames.ts';
import { toProblem } from '#platform/http.ts';
import { readJson } from '#platform/json-body.ts';
import type { Logger } from '#platform/logger.ts';
import type { Metrics } from '#platform/metrics.ts';
import type { RateLimits } from '#platform/rate-limits.ts';
import { type Connection, type Connections, close, say } from './connections.ts';

export type CheckedDoor = FrameDoor & { check(frame: unknown): void };

export type ConversationTools = {
  authenticate: Authenticate;
  noteActivity(accountId: string): Promise<void>;
  connections: Connections;
  /** By op, `hello` and `ping` left out: those are answered here. */
  doors: ReadonlyMap<string, CheckedDoor>;
  checkHello(frame: unknown): void;
  checkPing(frame: unknown): void;
  limits: RateLimits;
  metrics: Metrics;
  clock: Clock;
  logger: Logger;
};

const HELLO_MS = 10_000;
/** Frames of one socket run one after another; a client that is this far ahead is not read for a while. */
const MAX_WAITING = 32;

/**
 * One socket from handshake to close. States: waiting for `hello` → known → closed. A token in the handshake's header
 * skips the first; a later `hello` with a token of the same session prolongs the second.
 */
export function converse(tools: ConversationTools, socket: WebSocket, known: Actor | undefined, locale: Locale): void {
  let connection: Connection | undefined;
  let waiting = 0;
  let line = Promise.resolve();
  let expiry: NodeJS.Timeout | undefined;
  const helloTimer = setTimeout(() => part(socket, 'hello_timeout', closeCodes.tokenEnded), HELLO_MS);

  const welcome = (actor: Actor) => {
    clearTimeout(helloTimer);
    if (connection && connection.actor.sessionId !== actor.sessionId) throw unauthenticated();
    if (connection) {
      connection.actor = actor;
    } else {
      if (socket.readyState !== socket.OPEN) return;
      connection = { socket, actor };
      tools.connections.add(connection);
      tools.metrics.sockets.set(tools.connections.size);
      tools
        .noteActivity(actor.accountId)
        .catch((error: unknown) => tools.logger.warn({ err: error }, 'activity was not noted'));
    }
    clearTimeout(expiry);
    expiry = setTimeout(
      () => part(socket, 'token_ended', closeCodes.tokenEnded),
      actor.tokenEndsAt.getTime() - tools.clock.now().getTime(),
    );
    const { accountId: userId, sessionId } = actor;
    say(socket, { op: 'ready', userId, sessionId, heartbeatSeconds: HEARTBEAT_SECONDS });
  };

  const answer = async (bytes: Buffer) => {
    let ref = {};
    try {
      const frame = readFrame(bytes);
      if (typeof frame.ref === 'string' && frame.ref.length <= 64) ref = { ref: frame.ref };
      if (frame.op === 'hello') {
        tools.checkHello(frame);
        welcome(await tools.authenticate(String(frame.token)));
      } else if (frame.op === 'ping') {
        tools.checkPing(frame);
        say(socket, { op: 'pong', ...ref });
      } else {
        const data = await handle(tools, connection, frame);
        say(socket, { op: 'ack', ...ref, ...(data && { data }) });
      }
    } catch (error) {
      sayProblem(tools, socket, error, locale, ref);
      if (!connection) part(socket, 'hello_first', closeCodes.tokenEnded);
    }
  };

  socket.on('message', (bytes: Buffer, isBinary: boolean) => {
    if (isBinary) return close(socket, 1003, 'text_only');
    waiting += 1;
    if (waiting >= MAX_WAITING) socket.pause();
    line = line
      .then(() => answer(bytes))
      .finally(() => {
        waiting -= 1;
        if (waiting < MAX_WAITING / 2 && socket.isPaused) socket.resume();
      });
  });
  socket.on('close', () => {
    clearTimeout(helloTimer);
    clearTimeout(expiry);
    if (connection) tools.connections.remove(connection);
    tools.metrics.sockets.set(tools.connections.size);
  });
  // ws closes the socket itself after a protocol error (1002, 1007, 1009); the listener keeps it from being thrown.
  socket.on('error', (error) => tools.logger.debug({ err: error }, 'a socket failed'));

  if (known) welcome(known);
}

async function handle(
  { doors, limits, metrics }: ConversationTools,
  connection: Connection | undefined,
  frame: Record<string, unknown>,
): Promise<object | undefined> {
  if (!connection) throw unauthenticated();
  const { actor } = connection;
  const door = doors.get(String(frame.op));
  if (!door) throw unknownOp();
  let outcome = 'refused';
  try {
    if (!actor.permissions.has(door.access)) throw forbidden();
    door.check(frame);
    if (door.limit) await limits.consume(door.limit, actor.accountId);
    const data = await door.handle({ actor, frame: frame as { op: string } });
    outcome = 'done';
    return data;
  } finally {
    metrics.frames.inc({ op: door.op, outcome });
  }
}

function readFrame(bytes: Buffer): Record<string, unknown> {
  const value = readJson(bytes, 'frame');
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw unknownOp();
  return value as Record<string, unknown>;
}

const unknownOp = defineProblem({
  code: 'unknown_op',
  status: 400,
  title: { en: 'A frame is an object with a known `op`', ru: 'Кадр — объект с известным `op`' },
});

function sayProblem(
  tools: ConversationTools,
  socket: WebSocket,
  error: unknown,
  locale: Locale,
  ref: { ref?: string },
): void {
  const { definition, extra } = toProblem(error);
  if (definition.status >= 500) tools.logger.error({ err: error }, 'a frame failed');
  const faults = extra.errors?.(locale).map(({ path, detail }) => `${path} ${detail}`);
  say(socket, {
    op: 'error',
    ...ref,
    code: definition.code,
    detail: faults?.join('; ') ?? extra.detail?.[locale] ?? definition.title[locale],
    ...(extra.retryAfterSeconds !== undefined && { retryAfterSeconds: extra.retryAfterSeconds }),
  });
}

function part(socket: WebSocket, code: string, closeCode: number): void {
  say(socket, { op: 'bye', code });
  close(socket, closeCode, code);
}
