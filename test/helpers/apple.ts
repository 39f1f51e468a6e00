import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

export const BUNDLE_ID = 'app.soyamate.ios';

/** Apple as far as we know it: keys, exchange of codes, revocation. It notes what it was asked. */
export async function startApple() {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'apple1', alg: 'RS256', use: 'sig' };
  const asked: { path: string; form: Record<string, string> }[] = [];
  let exchange = Promise.resolve();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const path = request.url ?? '';
      if (path !== '/auth/keys')
        asked.push({ path, form: Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString())) });
      response.setHeader('content-type', 'application/json');
      const answer = path === '/auth/keys' ? { keys: [jwk] } : { refresh_token: 'apple-refresh-token' };
      const send = () => response.end(JSON.stringify(answer));
      if (path === '/auth/token') void exchange.then(send);
      else send();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuerUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const sign = (claims: Record<string, unknown>, key = privateKey, kid = 'apple1') =>
    new SignJWT({ iss: issuerUrl, aud: BUNDLE_ID, ...claims }).setProtectedHeader({ alg: 'RS256', kid }).sign(key);
  return {
    issuerUrl,
    asked,
    sign,
    close: () => server.close(),
    /** What Apple tells of a person at a moment. */
    notify(subject: string, type: string, at: Date, claims: Record<string, unknown> = {}, key = privateKey) {
      const events = JSON.stringify({ type, sub: subject, event_time: at.getTime() });
      return sign({ iat: Math.floor(at.getTime() / 1_000), jti: randomUUID(), events, ...claims }, key);
    },
    /** Codes are exchanged only once the result is called. */
    holdExchange() {
      const { promise, resolve } = Promise.withResolvers<void>();
      exchange = promise;
      return resolve;
    },
    /** What an app gets when a person signs in, and the nonce it made for that. */
    async signIn(subject: string, now: Date, claims: Record<string, unknown> = {}) {
      const nonce = randomUUID();
      const iat = Math.floor(now.getTime() / 1_000);
      const hashed = createHash('sha256').update(nonce).digest('hex');
      const identityToken = await sign({ sub: subject, iat, exp: iat + 600, nonce: hashed, ...claims });
      return { identityToken, nonce };
    },
  };
}
