import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { startApp } from '../helpers/app.ts';
import { openSocket } from '../helpers/socket.ts';

const { signUp, url, clock, nobody } = await startApp();
const alice = await signUp('alice');
const socketUrl = `${url.replace('http', 'ws')}/v1/realtime`;
const bearer = { authorization: `Bearer ${alice.token}` };

/** The status that refuses a handshake, or 101. */
function shakeHands(headers: Record<string, string>, subprotocols: string[] = ['soyamate.v1']): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(socketUrl, subprotocols, { headers });
    socket.on('open', () => resolve(101));
    socket.on('open', () => socket.terminate());
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    socket.on('error', reject);
  });
}

test('a token in the header is enough', async () => {
  const socket = await alice.connect();
  expect(socket.socket.protocol).toBe('soyamate.v1');
  expect(await socket.ask({ op: 'ping' })).toMatchObject({ op: 'pong' });
  socket.close();
});

test('a token in the first frame is as good', async () => {
  const socket = await openSocket(url);
  expect(await socket.ask({ op: 'hello', token: alice.token })).toMatchObject({
    op: 'ready',
    userId: alice.userId,
    sessionId: alice.sessionId,
    heartbeatSeconds: 25,
  });
  socket.close();
});

test.each([
  'https://evil.example',
  'http://localhost:3000.evil.example',
  'http://127.0.0.1:3000.evil.example',
  'http://sub.127.0.0.1:3000',
  'http://127.0.0.1:3001',
  'http://127.0.0.1',
  'https://127.0.0.1:3000',
  'http://localhost:3000',
  'HTTP://127.0.0.1:0',
  'http://127.0.0.1:0/',
  'null',
  'file://',
])('a page of %s opens no socket', async (origin) => {
  expect(await shakeHands({ ...bearer, origin })).toBe(403);
});

test('our own page and an app without Origin do', async () => {
  expect(await shakeHands({ ...bearer, origin: 'http://127.0.0.1:0' })).toBe(101);
  expect(await shakeHands(bearer)).toBe(101);
});

test('another subprotocol is refused, ours among several is chosen, none at all is taken for ours', async () => {
  expect(await shakeHands(bearer, ['chat.v9'])).toBe(400);
  expect(await shakeHands(bearer, ['chat.v9', 'soyamate.v1'])).toBe(101);
  expect(await shakeHands(bearer, [])).toBe(101);
});

test.each([
  ['garbage', 'Bearer not.a.token'],
  ['another scheme', 'Basic YWxpY2U6cGFzcw=='],
  ['an empty token', 'Bearer '],
])('%s is refused before the upgrade', async (_what, authorization) => {
  expect(await shakeHands({ authorization })).toBe(401);
});

test('an ended token is refused before the upgrade', async () => {
  const bob = await signUp('bob');
  clock.advance(601);
  expect(await shakeHands({ authorization: `Bearer ${bob.token}` })).toBe(401);
});

test('compression is never agreed to', async () => {
  const carol = await signUp('carol');
  const socket = await openSocket(url, {
    headers: { authorization: `Bearer ${carol.token}` },
    perMessageDeflate: true,
  });
  expect(socket.socket.extensions).toBe('');
  socket.close();
});

test('without an upgrade the address says what it wants', async () => {
  const dave = await signUp('dave');
  const answer = await fetch(`${url}/v1/realtime`, { headers: { authorization: `Bearer ${dave.token}` } });
  expect([answer.status, answer.headers.get('upgrade')]).toEqual([426, 'websocket']);
  expect((await nobody.raw('/v1/realtime/more')).status).toBe(404);
});
