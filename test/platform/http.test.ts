import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { startApp } from '../helpers/app.ts';

const { nobody, signUp, url, app } = await startApp();
const alice = await signUp('alice');

test('an unknown address', async () => {
  for (const path of [
    '/',
    '/v1',
    '/v1/nothing',
    '/v1/me/',
    '/V1/me',
    '//v1/me',
    '/v1/me%2f',
    `/v1/chats/${'a'.repeat(300)}`,
  ]) {
    const { status, body } = await alice.raw(path);
    expect([path, status, body.code]).toEqual([path, 404, 'not_found']);
  }
});

test('a method that an address does not know, with those that it does', async () => {
  const { status, body, headers } = await alice.raw('/v1/genres', { method: 'DELETE' });
  expect([status, body.code, headers.get('allow')]).toEqual([405, 'method_not_allowed', 'GET, HEAD']);
  const messages = await alice.raw('/v1/chats/0193a5c0-0000-7000-8000-000000000001/messages?x=/', { method: 'PUT' });
  expect([messages.status, messages.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST']);
});

test('an address that is not encoded well', async () => {
  for (const path of ['/v1/users/%zz', '/v1/users/%c0%80', '/%']) {
    expect(await exchange(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)).toMatchObject({
      status: 400,
      problem: { code: 'malformed_request' },
    });
  }
});

test('another kind of body, or a body without a kind', async () => {
  const body = '{"login":"alice","password":"x"}';
  for (const type of ['text/plain', 'application/xml', 'multipart/form-data; boundary=x', 'application/jsonp', 'x']) {
    const answer = await nobody.raw('/v1/auth/login', { method: 'POST', headers: { 'content-type': type }, body });
    expect([type, answer.status, answer.body.code]).toEqual([type, 415, 'unsupported_media_type']);
  }
  const packed = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
  expect((await nobody.raw('/v1/auth/login', { method: 'POST', headers: packed, body })).status).toBe(415);
  const bare = `POST /v1/auth/login HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  expect(await exchange(bare)).toMatchObject({ status: 415, problem: { code: 'unsupported_media_type' } });
});

test('no body where one is needed', async () => {
  expect(await nobody.raw('/v1/auth/login', { method: 'POST' })).toMatchObject({ status: 400 });
  const headers = { 'content-type': 'application/json' };
  expect(await nobody.raw('/v1/auth/login', { method: 'POST', headers })).toMatchObject({ status: 400 });
});

test('parameters of the content type are taken', async () => {
  const body = JSON.stringify({ login: 'alice', password: alice.password });
  const headers = { 'content-type': 'Application/JSON; charset=utf-8' };
  expect((await nobody.raw('/v1/auth/login', { method: 'POST', headers, body })).status).toBe(200);
});

test('headers without end', async () => {
  const answer = await exchange(`GET /v1/me HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`);
  expect(answer).toMatchObject({ status: 431, problem: { code: 'headers_too_large', status: 431 } });
});

test.each([
  ['no HTTP at all', 'hello\r\n\r\n'],
  ['a broken header', 'GET / HTTP/1.1\r\nHost: x\r\nbro ken: 1\r\n\r\n'],
  ['an invalid length', 'POST /v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n'],
  ['two lengths', 'POST /v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n'],
  [
    'a length and chunks, as a smuggler sends',
    'POST /v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  ],
  ['TLS', Buffer.from('16030100a5010000a1', 'hex').toString('latin1')],
])('a request that is %s', async (_what, text) => {
  const answer = await exchange(text);
  expect(answer).toMatchObject({ status: 400, problem: { code: 'malformed_request', status: 400 } });
});

test('a client that takes too long to send its request', async () => {
  const { server } = app.http;
  const { requestTimeout, headersTimeout } = server;
  expect(headersTimeout).toBeLessThan(requestTimeout);
  onTestFinished(() => void Object.assign(server, { requestTimeout, headersTimeout }));
  Object.assign(server, { requestTimeout: 2, headersTimeout: 1 });
  const head = 'POST /v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n';
  for (const text of [head, `${head}Content-Length: 50\r\n\r\n{`]) {
    expect(await exchange(text)).toMatchObject({ status: 408, problem: { code: 'request_too_slow' } });
  }
}, 20_000);

test('an upgrade to anything but our socket is ignored', async () => {
  const key = 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n';
  const ask = (path: string, protocol: string, more = '') =>
    exchange(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close, Upgrade\r\nUpgrade: ${protocol}\r\n${more}\r\n`);
  expect(await ask('/v1/me', 'h2c')).toMatchObject({ status: 401, problem: { code: 'unauthenticated' } });
  expect(await ask('/v1/me', 'websocket', key)).toMatchObject({ status: 401, problem: { code: 'unauthenticated' } });
  expect(await ask('/v1/realtime', 'websocket')).toMatchObject({ status: 426, problem: { code: 'upgrade_required' } });
});

test('methods and paths that come from nowhere', async () => {
  const query = await nobody.raw('/v1/me', { method: 'QUERY' });
  expect([query.status, query.body.code]).toEqual([415, 'unsupported_media_type']);
  expect(
    await exchange('TRACE /v1/me HTTP/1.1\r\nHost: x\r\nX-Secret: echo\r\nConnection: close\r\n\r\n'),
  ).toMatchObject({
    status: 405,
    problem: { code: 'method_not_allowed' },
  });
  const options = await fetch(`${url}/v1/me`, { method: 'OPTIONS' });
  expect([options.status, await options.text()]).toEqual([204, '']);
  for (const path of ['/docs/static/../../package.json', '/docs/static/%2e%2e/package.json']) {
    expect(await exchange(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)).toMatchObject({
      status: 404,
      problem: { code: 'not_found' },
    });
  }
});

test('a body shorter than its announced length ends the connection and not the server', async () => {
  const socket = connect(new URL(url).port as unknown as number, '127.0.0.1');
  await once(socket, 'connect');
  socket.write(
    'POST /v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{',
  );
  socket.destroy();
  expect((await nobody.call('getLiveness')).status).toBe(200);
});

test('HEAD answers as GET does, without the body', async () => {
  const response = await fetch(`${url}/v1/meta`, { method: 'HEAD' });
  expect(response.status).toBe(200);
  expect(Number(response.headers.get('content-length'))).toBeGreaterThan(100);
  expect(await response.text()).toBe('');
  expect((await fetch(`${url}/v1/me`, { method: 'HEAD' })).status).toBe(401);
});

test('a header of authorization that is no bearer token', async () => {
  for (const value of [
    'Basic YTpi',
    'Bearer',
    'Bearer a b',
    `Bearer ${alice.token} `.repeat(2),
    `Token ${alice.token}`,
  ]) {
    const { status, headers } = await nobody.raw('/v1/me', { headers: { authorization: value } });
    expect([value, status, headers.get('www-authenticate')]).toEqual([value, 401, 'Bearer']);
  }
  expect((await nobody.raw('/v1/meta', { headers: { authorization: 'Basic YTpi' } })).status).toBe(401);
});

test('every answer carries its id and the headers of safety', async () => {
  for (const path of ['/v1/meta', '/v1/nothing']) {
    const { headers, body } = await nobody.raw(path);
    expect(headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000; includeSubDomains');
    expect(headers.get('cache-control')).toBe('no-store');
    if (body.code) expect(body.instance).toBe(`/requests/${headers.get('x-request-id')}`);
  }
});

test('a page of another site may not read, one of ours may', async () => {
  const preflight = (origin: string) =>
    fetch(`${url}/v1/me`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'GET', 'access-control-request-headers': 'authorization' },
    });
  expect((await preflight('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull();
  const own = await preflight('http://127.0.0.1:0');
  expect(own.headers.get('access-control-allow-origin')).toBe('http://127.0.0.1:0');
});

test('the address of the socket, asked as a page', async () => {
  const { status, body, headers } = await nobody.raw('/v1/realtime');
  expect([status, body.code, headers.get('upgrade')]).toEqual([426, 'upgrade_required', 'websocket']);
});

test('a door that asks for a permission nobody has is refused at start', async () => {
  const { openDoors } = await import('#platform/http.ts');
  const { door } = await import('#platform/door.ts');
  const open = (access: string) =>
    openDoors(
      app.http,
      [door({ operationId: 'x', method: 'GET', path: '/x', tag: 'x', summary: 'X', access, status: 204, handle() {} })],
      { permissions: new Set(['chats.read']) } as never,
    );
  expect(() => open('chats.raed')).toThrow('GET /x declares no access that a role can have: chats.raed');
  expect(() => open(undefined as never)).toThrow('declares no access');
});

/** Sends these very bytes and reads the answer to its end. */
async function exchange(bytes: string): Promise<{ status: number; problem: unknown }> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  socket.on('error', () => {});
  socket.write(Buffer.from(bytes, 'latin1'));
  await once(socket, 'close');
  const [head = '', body = ''] = text.split('\r\n\r\n');
  expect(head.toLowerCase()).toContain('content-type: application/problem+json');
  return { status: Number(head.split(' ')[1]), problem: JSON.parse(body) };
}
