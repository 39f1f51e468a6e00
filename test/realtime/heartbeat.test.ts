import type { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { liveEvents } from '#platform/frames.ts';
import { startApp } from '../helpers/app.ts';
import { openAccepted } from '../helpers/chats.ts';
import { openSocket } from '../helpers/socket.ts';

// A second of the heartbeat lasts 20 ms here: the 25 s between two pings pass in half a second.
const { app, bus, signUp, url, clock, db } = await startApp({}, { tickMs: 20 });
const bob = await signUp('bob');

const countSockets = async (): Promise<number> => (await app.metrics.sockets.get()).values[0]?.value ?? 0;
const patience = { timeout: 5_000, interval: 20 };

test('whoever does not say hello is sent away', async () => {
  const socket = await openSocket(url);
  expect(await socket.next('bye')).toMatchObject({ code: 'hello_timeout' });
  expect(await socket.closed).toBe(4001);
});

test('a peer that vanishes without a word is dropped', async () => {
  const grace = await signUp('grace');
  const socket = await grace.connect();
  expect(await countSockets()).toBe(1);
  socket.socket.pause(); // It answers no ping, like a phone in a tunnel.
  await expect.poll(countSockets, patience).toBe(0);
  socket.socket.resume();
  expect(await socket.closed).toBe(1006);
});

test('a socket that answers pings stays', async () => {
  const judy = await signUp('judy');
  const socket = await judy.connect();
  for (let pings = 0; pings < 3; pings += 1) await new Promise((resolve) => socket.socket.once('ping', resolve));
  expect(await socket.ask({ op: 'ping' })).toMatchObject({ op: 'pong' });
  socket.close();
});

test('the right is asked at each frame: a role that loses it may not write from then on', async () => {
  const mallory = await signUp('mallory');
  const chat = { chatId: await openAccepted(mallory, bob) };
  const socket = await mallory.connect();
  const send = async () => socket.ask({ op: 'send', chatId: chat.chatId, text: 'hi', clientId: crypto.randomUUID() });
  expect(await send()).toMatchObject({ op: 'ack' });
  await db.statement.updateTable('accounts').set({ role: 'guest' }).where('account_id', '=', mallory.userId).execute();
  // Nobody gave a hint: the heartbeat finds it by itself.
  await expect.poll(async () => (await send()).code, patience).toBe('forbidden');
  socket.close();
});

test('the socket of a banned person closes even when no hint came', async () => {
  const eve = await signUp('eve');
  const socket = await eve.connect();
  await db.statement.updateTable('accounts').set({ state: 'banned' }).where('account_id', '=', eve.userId).execute();
  expect(await socket.closed).toBe(4001);
});

test('a socket ends with its token', async () => {
  const heidi = await signUp('heidi');
  const socket = await heidi.connect();
  clock.advance(601);
  expect(await socket.next('bye')).toMatchObject({ code: 'token_ended' });
  expect(await socket.closed).toBe(4001);
});

test('who takes nothing for 30 s while something waits is closed, however little that is and however alive', async () => {
  const peggy = await signUp('peggy');
  let tcp: Socket | undefined;
  app.http.server.once('connection', (opened: Socket) => {
    tcp = opened;
  });
  const socket = await peggy.connect();
  socket.socket.pause();
  // A phone that is still there, so that it is not the pings that end it.
  const talking = setInterval(() => socket.socket.pong(), 20);
  const event = { type: 'typing' as const, chatId: crypto.randomUUID(), data: { padding: 'x'.repeat(60_000) } };
  const waiting = () => tcp?.writableLength ?? 0;
  // Until the system itself buffers no more; a few frames wait here.
  while (waiting() < 300_000) {
    bus.publish(liveEvents, { accountIds: [peggy.userId], event });
    await new Promise((resolve) => setImmediate(resolve));
  }
  const before = waiting();
  await expect.poll(waiting, patience).toBeGreaterThan(before + 30); // The goodbye stands behind them.
  clearInterval(talking);
  expect(waiting()).toBeLessThan(1_048_576);
  socket.socket.resume();
  expect(await socket.closed).toBe(4008);
  expect(socket.rest().at(-1)).toMatchObject({ op: 'bye', code: 'too_slow' });
});
