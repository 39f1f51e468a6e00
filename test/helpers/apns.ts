import { once } from 'node:events';
import {
  createSecureServer,
  createServer,
  type Http2SecureServer,
  type Http2Server,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import type { AddressInfo } from 'node:net';
import { exportPKCS8, generateKeyPair } from 'jose';
import { afterAll } from 'vitest';

export type Received = {
  token: string;
  headers: Record<string, string>;
  payload: ApnsPayload;
};
export type ApnsPayload = {
  aps: {
    alert?: { title?: string; subtitle?: string; body?: string };
    badge?: number;
    sound?: string;
    category?: string;
    'thread-id'?: string;
    'mutable-content'?: number;
    'content-available'?: number;
    'interruption-level'?: string;
  };
  soyamate?: Record<string, unknown>;
};

/** What the stand-in does with a push; without one it answers 200. */
export type Answering = (
  received: Received,
  stream: ServerHttp2Stream,
  session: ServerHttp2Session,
) => { status: number; body?: object | string; headers?: Record<string, string> } | 'silence';

/** Speaks as Apple's push service does, in HTTP/2, without TLS unless it is given a certificate; it ends with the test file. */
export async function startApns(tls?: { key: string; cert: string }) {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  const received: Received[] = [];
  const sessions = new Set<ServerHttp2Session>();
  let answering: Answering | undefined;
  let connections = 0;
  let refusedHandshake: () => void = () => {};

  const handle = (stream: ServerHttp2Stream, rawHeaders: Record<string, unknown>) => {
    const headers = Object.fromEntries(Object.entries(rawHeaders).map(([name, value]) => [name, String(value)]));
    let text = '';
    stream.setEncoding('utf8');
    stream.on('error', () => {});
    stream.on('data', (chunk: string) => {
      text += chunk;
    });
    stream.on('end', () => {
      // Cut off half way.
      if (text === '' || !stream.session) return;
      const token = headers[':path']?.replace('/3/device/', '') ?? '';
      const push: Received = { token, headers, payload: JSON.parse(text) as ApnsPayload };
      received.push(push);
      const answer = answering?.(push, stream, stream.session as ServerHttp2Session) ?? { status: 200 };
      if (answer === 'silence' || stream.destroyed) return;
      const { status, body = '', headers: more = {} } = answer;
      stream.respond({ ':status': status, 'apns-id': headers['apns-id'], ...more });
      stream.end(typeof body === 'string' ? body : JSON.stringify(body));
    });
  };

  const listen = async (port: number): Promise<Http2Server | Http2SecureServer> => {
    const settings = { maxConcurrentStreams: 1_000 };
    const server = tls ? createSecureServer({ ...tls, settings }) : createServer({ settings });
    server.on('session', (session) => {
      connections += 1;
      sessions.add(session);
      session.on('close', () => sessions.delete(session));
      session.on('error', () => {});
    });
    server.on('tlsClientError', () => refusedHandshake());
    server.on('stream', handle);
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return server;
  };
  const server = await listen(0);
  const stop = () => {
    server.close();
    for (const session of sessions) session.destroy();
  };
  afterAll(stop);
  const url = `${tls ? 'https://localhost' : 'http://127.0.0.1'}:${(server.address() as AddressInfo).port}`;

  return {
    url,
    config: {
      key: await exportPKCS8(privateKey),
      keyId: 'KEY1234567',
      teamId: 'TEAM123456',
      topic: 'app.soyamate.ios',
      url,
    },
    publicKey,
    /** All that came, in the order of coming. */
    received,
    /** What came since the last call. */
    take: () => received.splice(0),
    connections: () => connections,
    sessions: () => [...sessions],
    answerWith(next: Answering | undefined) {
      answering = next;
    },
    /** With TLS: a client did not believe the certificate. */
    onRefusedHandshake(tell: () => void) {
      refusedHandshake = tell;
    },
    stop,
  };
}
