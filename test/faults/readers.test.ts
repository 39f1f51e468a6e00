import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { afterAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { generateSigningKeys } from '#modules/accounts/index.ts';
import type { Ledger } from './harness/ledger.ts';
import { createNode } from './harness/node.ts';
import { createPlayer } from './harness/player.ts';
import { startFaultyPostgres } from './harness/postgres.ts';
import { befriend, readHistory } from './harness/storm.ts';

const postgres = await startFaultyPostgres();
const node = await createNode({ DATABASE_URL: postgres.url, SIGNING_KEYS: await generateSigningKeys() });
await node.start();
afterAll(async () => {
  await node.stop();
  await postgres.stop();
});
const ledger: Ledger = { sends: [], edits: [], streams: [], removals: [] };

const openSocket = async (token: string) => {
  const socket = new WebSocket(`${node.url.replace('http', 'ws')}/v1/realtime`, 'soyamate.v1', {
    headers: { authorization: `Bearer ${token}` },
  });
  await once(socket, 'message');
  return socket;
};

test('R8: readers that stop reading are closed in bounded memory, harm nobody, and catch up', async () => {
  const alice = await createPlayer([node.url], 'alice', ledger);
  const bob = await createPlayer([node.url], 'bob', ledger);
  const chatId = await befriend(alice, bob);
  // Four more devices of bob that take nothing from now on.
  const stuck = await Promise.all(Array.from({ length: 4 }, () => openSocket(bob.token)));
  const closeCodes = stuck.map((socket) => once(socket, 'close').then(([code]: number[]) => code));
  for (const socket of stuck) socket.pause();
  const before = node.megabytes();

  const text = 'ж'.repeat(4_000);
  const times: number[] = [];
  for (let round = 0; round < 60; round += 1) {
    const startedAt = performance.now();
    await Promise.all(
      Array.from({ length: 20 }, () =>
        alice.call('POST', `/v1/chats/${chatId}/messages`, { clientId: randomUUID(), text }),
      ),
    );
    times.push(performance.now() - startedAt);
  }
  // 1,200 messages of 8 KB are 10 MB for each of the four, of whom none may keep more than 1 MB waiting here.
  expect(node.megabytes() - before).toBeLessThan(150);
  for (const socket of stuck) socket.resume();
  // Whoever is let go before he reads the reason sees only the end of the connection.
  for (const code of await Promise.all(closeCodes)) expect([4008, 1006]).toContain(code);

  await bob.catchUp();
  const { messages } = await readHistory(alice, chatId);
  expect(messages).toHaveLength(1_200);
  const stream = ledger.streams.find((one) => one.accountId === bob.accountId);
  expect(stream?.changes.map(({ seq }) => seq)).toEqual(messages.map(({ seq }) => seq));
  for (const player of [alice, bob]) player.leave();
});

test('R21: a peer that vanishes without a word is dropped within 90 seconds, and is no longer online', async () => {
  const alice = await createPlayer([node.url], 'watcher', ledger);
  const carol = await createPlayer([node.url], 'carol', ledger);
  await befriend(alice, carol);
  carol.leave();
  // A process of its own, which is then frozen: its connection stays open, as that of a phone without a net.
  const peer = spawn(process.execPath, ['test/faults/harness/silent-peer.ts', node.url, carol.token], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(peer.stdout, 'data');
  const watcher = await openSocket(alice.token);
  const isOnline = async () => {
    watcher.send(JSON.stringify({ op: 'presence', ref: 'p', userIds: [carol.accountId] }));
    for (;;) {
      const [bytes] = (await once(watcher, 'message')) as [Buffer];
      const frame = JSON.parse(bytes.toString()) as { ref?: string; data?: { items: { isOnline: boolean }[] } };
      if (frame.ref === 'p') return frame.data?.items[0]?.isOnline;
    }
  };
  expect(await isOnline()).toBe(true);
  peer.kill('SIGSTOP');
  const startedAt = performance.now();
  await expect.poll(isOnline, { timeout: 95_000, interval: 1_000 }).toBe(false);
  expect(performance.now() - startedAt).toBeLessThan(90_000);
  peer.kill('SIGKILL');
  watcher.terminate();
  alice.leave();
});
