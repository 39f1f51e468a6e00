import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import { type Actor, type Authenticate, checkPermission } from '#platform/actor.ts';
import type { Clock } from '#platform/clock.ts';
import { toProblem } from '#platform/error-answers.ts';
import { defineProblem, type Locale, ProblemError, tooManyRequests, unauthenticated } from '#platform/errors.ts';
import { closeCodes, type FrameDoor, type FrameInput, HEARTBEAT_SECONDS } from '#platform/frames.ts';
import { checkTexts, readUntrustedJson } from '#platform/json-body.ts';
import type { Logger } from '#platform/logger.ts';
import type { Metrics } from '#platform/metrics.ts';
import type { RateLimits } from '#platform/rate-limits.ts';
import { type Connection, type Connections, type Farewell, farewellOf, part, say } from './connections.ts';
import type { Contacts } from './contacts.ts';
import type { Presence } from './presence.ts';

export type CheckedDoor = Omit<FrameDoor, 'handle'> & {
  check(frame: unknown): void;
  handle(input: FrameInput & { connection: Connection }): Promise<object | undefined>;
};

export type ConversationTools = {
  authenticate: Authenticate;
  noteActivity(accountId: string): Promise<void>;
  connections: Connections;
  contacts: Contacts;
  presence: Presence;
  /** By op, `hello` and `ping` left out: those are answered here. */
  doors: ReadonlyMap<string, CheckedDoor>;
  checkHello(frame: unknown): void;
  checkPing(frame: unknown): void;
  limits: RateLimits;
  metrics: Metrics;
  clock: Clock;
  logger: Logger;
};

/** Who opened a socket, as far as the handshake tells. */
export type Visitor = { actor: Actor | undefined; ip: string; locale: Locale };

/** Frames of one socket run one after another; a client that is this far ahead is not read for a while. */
const MAX_WAITING = 32;
/** The oldest socket of a person gives way to one more. */
const MAX_SOCKETS = 5;

/**
 * One socket from handshake to close. States: waiting for `hello` → known → closed. A token in the handshake's header
 * skips the first; a later `hello` with a token of the same session prolongs the second. Silence, an ended token and a
 * missing `hello` are the heartbeat's business.
 */
export function converse(
  tools: ConversationTools,
  socket: WebSocket,
  tcp: Socket,
  { actor, ip, locale }: Visitor,
): void {
  const { connections, contacts, presence, metrics, clock, logger } = tools;
  const connection = connections.open(socket, tcp, ip, clock.now());
  let waiting = 0;

  const answerAfter = async (before: Promise<void>, bytes: Buffer) => {
    await before;
    await answer(tools, connection, bytes, locale);
    waiting -= 1;
    if (waiting < MAX_WAITING / 2 && socket.isPaused) socket.resume();
  };

  socket.on('message', (bytes: Buffer, isBinary: boolean) => {
    connection.isAlive = true;
    connection.heardAt = clock.now();
    if (connection.isEnding) return;
    if (isBinary) return part(connection, { code: 'text_only', closeCode: 1003 });
    waiting += 1;
    if (waiting >= MAX_WAITING) socket.pause();
    connection.line = answerAfter(connection.line, bytes);
  });
  socket.on('pong', () => {
    connection.isAlive = true;
    connection.heardAt = clock.now();
  });
  socket.on('close', () => {
    connections.remove(connection);
    presence.leave(connection);
    contacts.leave(connection);
    metrics.sockets.set(connections.size);
  });
  // ws closes the socket itself after a protocol error (1002, 1007, 1009); the listener keeps it from being thrown.
  socket.on('error', (error) => logger.debug({ err: error }, 'a socket failed'));

  if (actor) welcome(tools, connection, actor);
}

/** Answers one frame; never rejects. */
async function answer(tools: ConversationTools, connection: Connection, bytes: Buffer, locale: Locale): Promise<void> {
  let ref = {};
  let op: unknown;
  try {
    const frame = readFrame(bytes);
    op = frame.op;
    // First of all, so that even the refusal of its texts names the frame.
    if (typeof frame.ref === 'string' && frame.ref.length <= 64) ref = { ref: frame.ref };
    checkTexts(frame, '/frame', 0);
    if (op === 'hello') {
      tools.checkHello(frame);
      const actor = await tools.authenticate(String(frame.token));
      checkPermission(actor, 'realtime.connect');
      welcome(tools, connection, actor, ref);
    } else if (op === 'ping') {
      tools.checkPing(frame);
      say(connection, { op: 'pong', ...ref });
    } else {
      const data = await handle(tools, connection, frame);
      say(connection, { op: 'ack', ...ref, ...(data && { data }) });
    }
  } catch (error) {
    const problem = toProblem(error);
    if (problem.definition.status >= 500) tools.logger.error({ err: error }, 'a frame failed');
    sayProblem(connection, problem, locale, ref);
    if (!connection.actor) part(connection, farewellToStranger(op, problem));
  }
}

/** Whoever does not introduce themselves at once is sent away; a failure of ours only asks to come back later. */
function farewellToStranger(op: unknown, { definition }: ProblemError): Farewell {
  if (definition.status >= 500) return { code: 'try_again', closeCode: 1013, retryAfterSeconds: 2 };
  // Only a token that is refused is worth a new one; a frame that is wrong stays wrong.
  const isTokenRefused = op === 'hello' && definition.code === unauthenticated.code;
  return { code: isTokenRefused ? 'token_ended' : 'hello_first', closeCode: closeCodes.tokenEnded };
}

function welcome(tools: ConversationTools, connection: Connection, actor: Actor, ref: object = {}): void {
  const { connections, contacts, presence, metrics, logger } = tools;
  const before = connection.actor;
  if (before && before.sessionId !== actor.sessionId) throw unauthenticated();
  const endReason = connections.know(connection, actor);
  if (endReason) return part(connection, farewellOf(endReason));
  if (!before) {
    metrics.sockets.set(connections.size);
    makeRoom(connections, actor.accountId);
    presence.arrive(actor.accountId);
    contacts.arrive(connection);
    tools
      .noteActivity(actor.accountId)
      .catch((error: unknown) => logger.warn({ err: error }, 'activity was not noted'));
  }
  const { accountId: userId, sessionId } = actor;
  say(connection, { op: 'ready', ...ref, userId, sessionId, heartbeatSeconds: HEARTBEAT_SECONDS });
}

function makeRoom(connections: Connections, accountId: string): void {
  const open = [...connections.ofAccount(accountId)].filter(({ isEnding }) => !isEnding);
  for (const oldest of open.slice(0, Math.max(0, open.length - MAX_SOCKETS))) {
    part(oldest, { code: 'replaced', closeCode: closeCodes.replaced });
  }
}

async function handle(
  { doors, limits, metrics, clock }: ConversationTools,
  connection: Connection,
  frame: Record<string, unknown>,
): Promise<object | undefined> {
  const { actor } = connection;
  if (!actor || actor.tokenEndsAt <= clock.now()) throw unauthenticated();
  const door = doors.get(String(frame.op));
  if (!door) throw unknownOp();
  let outcome = 'refused';
  try {
    checkPermission(actor, door.access);
    door.check(frame);
    const now = clock.now().getTime();
    const subject = door.quietSeconds && `${door.op}:${String(frame.chatId)}`;
    if (subject && (connection.quietUntil.get(subject) ?? 0) > now) {
      outcome = 'quiet';
      return undefined;
    }
    if (!(await isWithinLimit(limits, door, connection, actor))) {
      outcome = 'quiet';
      return undefined;
    }
    const data = await door.handle({ actor, frame: frame as { op: string }, connection });
    if (subject) keepQuiet(connection, subject, now + (door.quietSeconds ?? 0) * 1_000);
    outcome = 'done';
    return data;
  } finally {
    metrics.frames.inc({ op: door.op, outcome });
  }
}

/** Beyond its limit an op is refused; one that may be repeated at will has no effect then. */
async function isWithinLimit(
  limits: RateLimits,
  door: CheckedDoor,
  { ip }: Connection,
  { accountId }: Actor,
): Promise<boolean> {
  if (!door.limit) return true;
  try {
    await limits.consume(door.limit, { accountId, ip });
    return true;
  } catch (refusal) {
    const isOver = refusal instanceof ProblemError && refusal.definition.code === tooManyRequests.code;
    if (isOver && door.quietSeconds) return false;
    throw refusal;
  }
}

const MAX_QUIET = 100;

function keepQuiet({ quietUntil }: Connection, subject: string, until: number): void {
  if (quietUntil.size >= MAX_QUIET) quietUntil.clear();
  quietUntil.set(subject, until);
}

function readFrame(bytes: Buffer): Record<string, unknown> {
  const value = readUntrustedJson(bytes);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw unknownOp();
  return value as Record<string, unknown>;
}

const unknownOp = defineProblem({
  code: 'unknown_op',
  status: 400,
  title: { en: 'A frame is an object with a known `op`', ru: 'Кадр — объект с известным `op`' },
});

function sayProblem(connection: Connection, problem: ProblemError, locale: Locale, ref: { ref?: string }): void {
  const { definition, extra } = problem;
  const faults = extra.errors?.(locale).map(({ path, detail }) => `${path} ${detail}`);
  say(connection, {
    op: 'error',
    ...ref,
    code: definition.code,
    detail: faults?.join('; ') ?? extra.detail?.[locale] ?? definition.title[locale],
    ...(extra.retryAfterSeconds !== undefined && { retryAfterSeconds: extra.retryAfterSeconds }),
  });
}
