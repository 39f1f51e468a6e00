import type { Socket } from 'node:net';
import websocket from '@fastify/websocket';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { WebSocket } from 'ws';
import { type Actor, type Authenticate, checkPermission } from '#platform/actor.ts';
import { defineProblem, originNotAllowed, unavailable } from '#platform/errors.ts';
import { MAX_FRAME_BYTES } from '#platform/frames.ts';
import { readAccessToken } from '#platform/http.ts';
import { pickLocale } from '#platform/locale.ts';
import type { RateLimits } from '#platform/rate-limits.ts';
import type { Visitor } from './conversation.ts';

const SUBPROTOCOL = 'soyamate.v1';

const unknownSubprotocol = defineProblem({
  code: 'unknown_subprotocol',
  status: 400,
  title: { en: 'Speak the subprotocol soyamate.v1', ru: 'Нужен подпротокол soyamate.v1' },
});

const upgradeRequired = defineProblem({
  code: 'upgrade_required',
  status: 426,
  title: { en: 'Open this address as a WebSocket', ru: 'Откройте этот адрес как WebSocket' },
});

export type GatewayOptions = {
  authenticate: Authenticate;
  limits: RateLimits;
  allowedOrigins: readonly string[];
  isDraining(): boolean;
  converse(socket: WebSocket, tcp: Socket, visitor: Visitor): void;
};

/** The handshake of `GET /v1/realtime`: everything that can be refused is refused as HTTP, before the upgrade. */
export async function openGateway(app: FastifyInstance, options: GatewayOptions): Promise<void> {
  const { authenticate, limits, allowedOrigins, isDraining, converse } = options;
  await app.register(websocket, {
    errorHandler(error, socket, request) {
      // A code means that the peer broke the protocol or the line, and the conversation hears of it; the rest is ours.
      if (!('code' in error)) request.log.error({ err: error }, 'a socket failed');
      socket.terminate();
    },
    options: {
      maxPayload: MAX_FRAME_BYTES,
      // Apple's client negotiates compression and then mishandles it.
      perMessageDeflate: false,
      handleProtocols: (offered: Set<string>) => (offered.has(SUBPROTOCOL) ? SUBPROTOCOL : false),
    },
  });
  const actors = new WeakMap<FastifyRequest, Actor>();

  app.route({
    method: 'GET',
    url: '/v1/realtime',
    async onRequest(request) {
      if (isDraining()) throw unavailable({ retryAfterSeconds: 2 });
      const { origin, 'sec-websocket-protocol': offered } = request.headers;
      // An app sends no Origin; a page of another site must not open a socket with its visitor's rights.
      if (origin !== undefined && !allowedOrigins.includes(origin)) throw originNotAllowed();
      if (offered !== undefined && !namesOf(offered).includes(SUBPROTOCOL)) throw unknownSubprotocol();
      const token = readAccessToken(request, allowedOrigins);
      const actor = token === undefined ? undefined : await authenticate(token);
      if (actor) checkPermission(actor, 'realtime.connect');
      if (actor) actors.set(request, actor);
      await limits.consume('socket', { accountId: actor?.accountId, ip: request.ip });
    },
    async handler() {
      throw upgradeRequired({ headers: { upgrade: 'websocket' } });
    },
    wsHandler(socket, request) {
      const locale = pickLocale(request.headers['accept-language']);
      converse(socket, request.raw.socket, { actor: actors.get(request), ip: request.ip, locale });
    },
  });
}

const namesOf = (header: string): string[] => header.split(',').map((name) => name.trim());
