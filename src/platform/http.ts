import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import cookie from '@fastify/cookie';
import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest, LogController } from 'fastify';
import type { TSchema } from 'typebox';
import { v4 } from 'uuid';
import { type Actor, type Authenticate, checkPermission } from './actor.ts';
import type { Door, Exchange } from './door.ts';
import { answerClientError, answerError, SLOW, sendProblem } from './error-answers.ts';
import {
  methodNotAllowed,
  notFound,
  originNotAllowed,
  ProblemError,
  unauthenticated,
  unsupportedMediaType,
} from './errors.ts';
import { answerNotModified } from './etags.ts';
import { SOCKET_PATH } from './frames.ts';
import { checkTexts, readJson } from './json-body.ts';
import { pickLocale } from './locale.ts';
import type { Logger } from './logger.ts';
import type { Metrics } from './metrics.ts';
import { presentLimits, type RateLimits } from './rate-limits.ts';
import { logDone, type Visit, visits } from './security-log.ts';
import { createSerializers } from './serialization.ts';
import { createValidator, type Validator } from './validation.ts';

export type HttpOptions = {
  logger: Logger;
  metrics: Metrics;
  limits: RateLimits;
  authenticate: Authenticate;
  /** Every permission that some role can have: a door that asks for another is refused at start. */
  permissions: ReadonlySet<string>;
  trustedProxies: readonly string[];
  allowedOrigins: readonly string[];
  /** Everywhere but in development, where there is no TLS. */
  areCookiesSecure: boolean;
};

/** The access token of a browser client; other clients send the header. */
export const ACCESS_COOKIE = 'soyamate_access';

const MAX_BODY_BYTES = 65_536;

/** Bodies that doors may take as bytes. */
const BYTES_TYPES = [
  'image/jpeg',
  'image/png',
  'image/webp',
  'application/octet-stream',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
];

/**
 * For the whole request, enough for a large upload over a poor line, and for its headers: the shorter must be given too,
 * or Node takes 60 s and swaps the two. A body of the usual size has a part of it.
 */
const REQUEST_TIMEOUT_MS = 120_000;
const USUAL_PART = 1 / 4;
const HEADERS_TIMEOUT_MS = 15_000;

/** The server without its doors: errors, limits of size and time, headers. */
export async function createHttp({ logger, trustedProxies, allowedOrigins }: HttpOptions): Promise<FastifyInstance> {
  const app = fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    http: {
      headersTimeout: HEADERS_TIMEOUT_MS,
      connectionsCheckingInterval: 2_000,
      shouldUpgradeCallback: isHandshake,
    },
    forceCloseConnections: 'idle',
    genReqId: () => v4(),
    requestIdHeader: false,
    routerOptions: { maxParamLength: 200 },
    clientErrorHandler: answerClientError,
    frameworkErrors: (error, request, reply) => void answerError(error, request, reply),
    // A request that came over an open connection is still served; the answer closes the connection.
    return503OnClosing: false,
  }) as unknown as FastifyInstance;

  const serializerOf = createSerializers();
  app.setSerializerCompiler(({ schema }) => serializerOf(schema as TSchema));
  app.setErrorHandler(answerError);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, async (_request: FastifyRequest, body: Buffer) =>
    // Many clients name a type though they send nothing; the door says whether a body must be there.
    body.length === 0 ? undefined : readJson(body, 'body'),
  );
  app.addContentTypeParser(BYTES_TYPES, { parseAs: 'buffer' }, async (_request: FastifyRequest, body: Buffer) => body);
  app.addHook('onSend', async (request, reply) => {
    reply.header('x-request-id', request.id);
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
  });
  closeAfterAnswers(app);
  await app.register(cookie);
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
    referrerPolicy: { policy: 'no-referrer' },
  });
  await app.register(cors, {
    origin: [...allowedOrigins],
    credentials: true,
    // OPTIONS without the headers of a preflight is no error either; it gets the same empty answer.
    strictPreflight: false,
    exposedHeaders: ['etag', 'location', 'retry-after', 'ratelimit', 'ratelimit-policy', 'x-request-id'],
  });
  return app;
}

/** An answer that was under way when the server began to close kept its connection open: it is closed after the answer. */
function closeAfterAnswers(app: FastifyInstance): void {
  let isClosing = false;
  app.addHook('preClose', async () => {
    isClosing = true;
  });
  app.addHook('onResponse', async ({ raw }) => {
    if (isClosing) raw.socket.end();
  });
}

/** Whatever else a client would rather speak, as `Upgrade: h2c` of Java's, is ignored, and the request served as it is. */
function isHandshake({ url = '', headers }: IncomingMessage): boolean {
  if (headers.upgrade?.toLowerCase() !== 'websocket' || headers['sec-websocket-key'] === undefined) return false;
  return url.split('?')[0] === SOCKET_PATH;
}

/** Opens the doors: for each its access, limit, shape and call, in that order. */
export function openDoors(app: FastifyInstance, doors: readonly Door[], options: HttpOptions): void {
  const validator = createValidator();
  for (const door of doors) {
    checkAccess(door, options.permissions);
    const route = createRoute(door, validator, options);
    if (!door.isBodyStreamed) app.route(route);
    else
      app.register(async (room) => {
        room.removeAllContentTypeParsers();
        room.addContentTypeParser(
          [...(door.bodyTypes ?? [])],
          async (_request: FastifyRequest, body: Readable) => body,
        );
        room.route(route);
      });
  }
  app.setNotFoundHandler((request, reply) => {
    const allowed = findMethods(doors, request.url);
    const error = allowed.length > 0 ? methodNotAllowed({ headers: { allow: allowed.join(', ') } }) : notFound();
    return sendProblem(request, reply, error);
  });
}

/** No door opens by omission. */
function checkAccess(door: Door, permissions: ReadonlySet<string>): void {
  if (door.access === 'public' || permissions.has(door.access)) return;
  throw new Error(`${door.method} ${door.path} declares no access that a role can have: ${door.access ?? 'nothing'}`);
}

/** A packed body could be small outside and endless inside. */
const PLAIN_ENCODINGS: ReadonlySet<string | undefined> = new Set([undefined, 'identity']);

function createRoute(door: Door, validator: Validator, options: HttpOptions) {
  const { authenticate, limits, metrics, allowedOrigins } = options;
  const checkParams = door.params && validator.compile(door.params, 'params');
  const checkQuery = validator.compile(door.query ?? EMPTY, 'query');
  const checkBody = door.body && !door.bodyTypes && validator.compile(door.body, 'body');

  return {
    method: door.method,
    url: door.path.replaceAll(/\{(\w+)\}/g, ':$1'),
    bodyLimit: door.maxBodyBytes ?? MAX_BODY_BYTES,
    schema: { response: describeSuccess(door) },
    // Before the body is read: a stranger cannot make us parse it.
    async onRequest(request: FastifyRequest, reply: FastifyReply) {
      const visit: Visit = { logger: options.logger, door };
      visits.set(request, visit);
      if (!PLAIN_ENCODINGS.has(request.headers['content-encoding'])) throw unsupportedMediaType();
      if (door.bodyTypes && !door.bodyTypes.includes(readMediaType(request))) throw unsupportedMediaType();
      const token = door.ignoresToken ? undefined : readAccessToken(request, allowedOrigins);
      const actor = token === undefined ? undefined : await identify(visit, token, authenticate);
      visit.actor = actor;
      if (door.access !== 'public') {
        if (!actor) throw unauthenticated();
        checkPermission(actor, door.access);
      }
      if (door.maxBodyBytes === undefined) hurry(request);
      if (!door.limit) return;
      // An open door counts by address even for who shows a token: each guest would be a new count otherwise.
      const accountId = door.access === 'public' ? undefined : actor?.accountId;
      reply.headers(presentLimits(await limits.consume(door.limit, { accountId, ip: request.ip })));
    },
    async handler(request: FastifyRequest, reply: FastifyReply) {
      checkTexts(request.params, '/params', 0);
      checkTexts(request.query, '/query', 0);
      checkParams?.(request.params);
      checkQuery(request.query);
      if (Buffer.isBuffer(request.body) && !door.bodyTypes && !door.ignoresBody) throw unsupportedMediaType();
      if (checkBody) checkBody(request.body ?? undefined);
      reply.code(door.status);
      const visit = visits.get(request);
      const answer = await door.handle({
        actor: visit?.actor,
        params: request.params,
        query: request.query,
        body: request.body,
        exchange: createExchange(request, reply, options),
      });
      if (visit) logDone(request, visit, answer);
      if (door.answerTypes?.[0] && !reply.hasHeader('content-type')) reply.type(door.answerTypes[0]);
      return door.status === 204 ? reply.send() : answer;
    },
    ...(door.hasEtag && { onSend: answerNotModified }),
    onResponse(_request: FastifyRequest, reply: FastifyReply, done: () => void) {
      const labels = { operation: door.operationId, status: String(reply.statusCode) };
      metrics.requestSeconds.observe(labels, reply.elapsedTime / 1_000);
      done();
    },
  };
}

/** Node knows one timeout for all requests; this is the shorter one. */
function hurry({ raw, server }: FastifyRequest): void {
  const { 'content-length': length = '0', 'transfer-encoding': encoding } = raw.headers;
  if (length === '0' && encoding === undefined) return;
  const refuse = () => {
    // The answer may take as long as it likes.
    if (!raw.complete) answerClientError(Object.assign(new Error('a slow body'), { code: SLOW }), raw.socket);
  };
  const timer = setTimeout(refuse, server.server.requestTimeout * USUAL_PART);
  raw.once('close', () => clearTimeout(timer));
  raw.once('end', () => clearTimeout(timer));
}

const EMPTY = { type: 'object', additionalProperties: false };

function describeSuccess(door: Door) {
  return door.answer && !door.answerTypes ? { [door.status]: door.answer } : {};
}

const readMediaType = ({ headers }: FastifyRequest): string =>
  (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';

function createExchange(
  request: FastifyRequest,
  reply: FastifyReply,
  { allowedOrigins, areCookiesSecure }: HttpOptions,
): Exchange {
  return {
    ip: request.ip,
    locale: pickLocale(request.headers['accept-language']),
    requestId: request.id,
    header(name: string) {
      const value = request.headers[name.toLowerCase()];
      return Array.isArray(value) ? value[0] : value;
    },
    setHeader(name: string, value: string) {
      reply.header(name, value);
    },
    answerWithRange({ start, end }, sizeBytes) {
      reply.code(206).header('content-range', `bytes ${start}-${end}/${sizeBytes}`);
    },
    cookie: (name: string) => request.cookies[name],
    setCookie(name, value, { path, maxAgeSeconds }) {
      reply.setCookie(name, value, {
        path,
        maxAge: maxAgeSeconds,
        httpOnly: true,
        sameSite: 'strict',
        secure: areCookiesSecure,
      });
    },
    requireOwnOrigin: () => requireOwnOrigin(request, allowedOrigins),
    hasEndedToken: visits.get(request)?.hasEndedToken ?? false,
    noteAccount(accountId) {
      const visit = visits.get(request);
      if (visit) visit.accountId = accountId;
    },
  };
}

/**
 * The access token of a request, from the header or else from the cookie. The browser adds a cookie by itself, so for
 * whatever may change something, a socket included, it counts only with the Origin of an allowed site.
 */
async function identify(visit: Visit, token: string, authenticate: Authenticate): Promise<Actor | undefined> {
  try {
    return await authenticate(token);
  } catch (error) {
    const isEnded = error instanceof ProblemError && error.definition.code === unauthenticated.code;
    if (!isEnded || !visit.door.hearsEndedToken) throw error;
    visit.hasEndedToken = true;
    return undefined;
  }
}

export function readAccessToken(request: FastifyRequest, allowedOrigins: readonly string[]): string | undefined {
  const bearer = readBearer(request);
  if (bearer !== undefined) return bearer;
  const token = request.cookies[ACCESS_COOKIE];
  if (!token) return undefined;
  const isSafe = (request.method === 'GET' || request.method === 'HEAD') && request.headers.upgrade === undefined;
  if (!isSafe) requireOwnOrigin(request, allowedOrigins);
  return token;
}

function requireOwnOrigin(request: FastifyRequest, allowedOrigins: readonly string[]): void {
  const { origin } = request.headers;
  if (origin === undefined || !allowedOrigins.includes(origin)) throw originNotAllowed();
}

/** A header of another scheme counts as a bad token, not as none. */
function readBearer(request: FastifyRequest): string | undefined {
  const header = request.headers.authorization;
  if (header === undefined) return undefined;
  const match = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(header);
  if (!match?.[1]) throw unauthenticated();
  return match[1];
}

function findMethods(doors: readonly Door[], url: string): string[] {
  const path = url.split('?')[0] ?? '';
  const methods = doors.filter((door) => matchPath(door.path, path)).map(({ method }) => method);
  return methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
}

function matchPath(pattern: string, path: string): boolean {
  const wanted = pattern.split('/');
  const given = path.split('/');
  return wanted.length === given.length && wanted.every((part, i) => part.startsWith('{') || part === given[i]);
}
