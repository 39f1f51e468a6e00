import { expect, test } from 'vitest';
import { liveEvents } from '#platform/frames.ts';
import { startApp } from '../helpers/app.ts';
import { openDirect } from '../helpers/chats.ts';
import type { Body } from '../helpers/client.ts';

const { app, signUp, bus } = await startApp();
const alice = await signUp('alice');
const bob = await signUp('bob');
const chatId = await openDirect(alice, bob);

test('logout closes every socket of the session, and only those', async () => {
  const { body } = await bob.call('login', { body: { login: 'bob', password: bob.password } });
  const phone = { ...bob, token: String(body.tokens?.accessToken) };
  const sockets = [await bob.connect(), await bob.connect()];
  const headers = { authorization: `Bearer ${phone.token}` };
  expect((await bob.call('logout', { headers })).status).toBe(204);
  for (const socket of sockets) expect(await socket.ask({ op: 'ping' })).toMatchObject({ op: 'pong' });
  expect((await bob.call('getMe', { headers })).status).toBe(401);
  for (const socket of sockets) socket.close();
});

test('a reader that stops reading is closed with 4008 and misses nothing', async () => {
  const socket = await bob.connect();
  socket.socket.pause();
  const texts = Array.from({ length: 20 }, (_, i) => `${i} ${'ж'.repeat(3_900)}`);
  for (const text of texts.slice(0, 10)) await send(text);
  // Hints as large as frames may be, until what the system itself buffers is full and a megabyte waits here.
  const data = { padding: 'x'.repeat(60_000) };
  for (let i = 0; i < 400; i += 1) {
    bus.publish(liveEvents, { accountIds: [bob.userId], event: { type: 'typing', chatId, data } });
    if (i % 20 === 0) await alice.call('getMe');
  }
  for (const text of texts.slice(10)) await send(text);

  socket.socket.resume();
  expect(await socket.closed).toBe(4008);
  const frames = socket.rest();
  expect(frames.at(-1)).toMatchObject({ op: 'bye', code: 'too_slow' });
  const seen = frames.filter(({ type }) => String(type) === 'message.created');
  expect(seen.length).toBeLessThan(texts.length);
  const { body } = await bob.call('listChanges', {
    params: { chatId },
    query: { since: Number(seen.at(-1)?.rev ?? 0) },
  });
  const missed = body.items as unknown as Body[];
  expect([...seen, ...missed].map(({ data: message }) => message?.text)).toEqual(texts);

  async function send(text: string) {
    const answer = await alice.call('sendMessage', {
      params: { chatId },
      body: { clientId: crypto.randomUUID(), text },
    });
    expect(answer.status).toBe(201);
  }
});

test('at the end of the server every frame under way is answered, then each socket is told to come back', async () => {
  const carol = await signUp('carol');
  const ownChatId = await openDirect(carol, bob);
  const socket = await carol.connect();
  const clientIds = Array.from({ length: 20 }, () => crypto.randomUUID());
  for (const clientId of clientIds) socket.send({ op: 'send', chatId: ownChatId, clientId, text: 'go?' });
  await socket.next('ack');
  await app.close();
  expect(await socket.closed).toBe(1012);
  const frames = socket.rest();
  expect(frames.at(-1)).toEqual({ op: 'bye', code: 'restart', retryAfterSeconds: 1 });
  const acks = frames.filter(({ op }) => String(op) === 'ack').length + 1;
  const events = frames.filter(({ type }) => String(type) === 'message.created').length;
  expect([acks, events]).toEqual([clientIds.length, clientIds.length]);
});
