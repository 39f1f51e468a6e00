import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { openDirect } from '../helpers/chats.ts';
import { openSocket } from '../helpers/socket.ts';

const { signUp, url } = await startApp();
const alice = await signUp('alice');
const bob = await signUp('bob');
const chatId = await openDirect(alice, bob);

test('nothing is done for a stranger', async () => {
  const socket = await openSocket(url);
  const answer = await socket.ask({ op: 'send', chatId, clientId: crypto.randomUUID(), text: 'psst' });
  expect(answer).toMatchObject({ op: 'error', code: 'unauthenticated' });
  expect(await socket.next('bye')).toMatchObject({ code: 'hello_first' });
  expect(await socket.closed).toBe(4001);
  const { body } = await alice.call('listMessages', { params: { chatId } });
  expect(body.items).toEqual([]);
});

test('a hello with a bad token is the end', async () => {
  const socket = await openSocket(url);
  expect(await socket.ask({ op: 'hello', token: 'not.a.token' })).toMatchObject({ code: 'unauthenticated' });
  expect(await socket.next('bye')).toMatchObject({ code: 'token_ended' });
  expect(await socket.closed).toBe(4001);
});

test('a second hello renews the token of the same session only', async () => {
  const socket = await alice.connect();
  const { body } = await alice.call('login', { body: { login: 'alice', password: alice.password } });
  const other = String(body.tokens?.accessToken);
  expect(await socket.ask({ op: 'hello', token: other })).toMatchObject({ op: 'error', code: 'unauthenticated' });
  expect(await socket.ask({ op: 'hello', token: bob.token })).toMatchObject({ op: 'error', code: 'unauthenticated' });
  expect(await socket.ask({ op: 'hello', token: alice.token })).toMatchObject({
    op: 'ready',
    sessionId: alice.sessionId,
  });
  socket.close();
});

test.each([
  ['not JSON', '{"op":'],
  ['a list', '[]'],
  ['a number', '1e400'],
  ['null', 'null'],
  ['an unknown op', '{"op":"shutdown"}'],
  ['no op', '{}'],
  ['an op that is no text', '{"op":{"$ne":1}}'],
  ['a prototype key', '{"op":"ping","__proto__":{"a":1}}'],
  ['an unknown field', '{"op":"ping","admin":true}'],
  ['a ref that is no text', '{"op":"ping","ref":7}'],
  ['a ref too long', `{"op":"ping","ref":"${'r'.repeat(65)}"}`],
  ['NUL', '{"op":"ping","ref":"a\\u0000"}'],
  ['half a surrogate pair', '{"op":"ping","ref":"\\ud800"}'],
  ['a tower', `{"op":"ping","ref":${'['.repeat(10_000)}${']'.repeat(10_000)}}`],
  ['a hello without a token', '{"op":"hello"}'],
  ['a send without its fields', '{"op":"send"}'],
])('%s gets an error, and the socket lives on', async (_what, text) => {
  const socket = await alice.connect();
  socket.socket.send(text);
  const error = await socket.next('error');
  expect(['invalid_json', 'invalid_request', 'unknown_op']).toContain(String(error.code));
  expect(await socket.ask({ op: 'ping' })).toMatchObject({ op: 'pong' });
  socket.close();
});

test.each([
  ['bytes', Buffer.from('{"op":"ping"}'), true, 1003],
  ['a frame over 64 KiB', Buffer.alloc(65_537, 'a'), false, 1009],
  ['text that is not UTF-8', Buffer.from([0x7b, 0xc3, 0x28, 0x7d]), false, 1007],
])('%s end the socket', async (_what, data, binary, code) => {
  const socket = await alice.connect();
  socket.socket.send(data, { binary });
  expect(await socket.closed).toBe(code);
});

test('a frame of exactly 64 KiB is read', async () => {
  const socket = await alice.connect();
  const frame = JSON.stringify({ op: 'ping', ref: '' });
  socket.socket.send(`${frame.slice(0, -1)}${' '.repeat(65_536 - frame.length)}}`);
  expect(await socket.next('error')).toMatchObject({ code: 'invalid_request' });
  socket.close();
});

test('the answers to many frames at once come in order, each once', async () => {
  const socket = await alice.connect();
  const texts = Array.from({ length: 500 }, (_, i) => `line ${i}`);
  texts.forEach((text, i) => socket.send({ op: 'send', chatId, clientId: crypto.randomUUID(), text, ref: String(i) }));
  for (let i = 0; i < texts.length; i += 1) {
    const ack = await socket.next('ack');
    expect([ack.ref, ack.data?.text]).toEqual([String(i), texts[i]]);
  }
  socket.close();
});

test('a sixth socket of one person replaces the first', async () => {
  const frank = await signUp('frank');
  const first = await frank.connect();
  for (let i = 0; i < 5; i += 1) await frank.connect();
  expect(await first.next('bye')).toMatchObject({ code: 'replaced' });
  expect(await first.closed).toBe(4010);
});
