import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import { generateSigningKeys } from '#modules/accounts/index.ts';
import { hasRedis, startRedis } from '../helpers/redis.ts';
import { createNode } from './harness/node.ts';
import { createPlayer } from './harness/player.ts';
import { startFaultyPostgres } from './harness/postgres.ts';
import { startStorm } from './harness/storm.ts';

const isLong = process.env.FAULTS === 'long';
const CUT_MS = isLong ? 20_000 : 5_000;

describe.runIf(hasRedis)('two servers, one PostgreSQL, one Redis', async () => {
  if (!hasRedis) return;
  const postgres = await startFaultyPostgres();
  const redis = await startRedis();
  const environment = {
    DATABASE_URL: postgres.url,
    SIGNING_KEYS: await generateSigningKeys(),
    REDIS_URL: redis.url,
  };
  const north = await createNode(environment);
  const south = await createNode(environment);
  await Promise.all([north.start(), south.start()]);
  const urls = [north.url, south.url];
  afterAll(async () => {
    await Promise.all([north.stop(), south.stop()]);
    await redis.stop();
    await postgres.stop();
  });

  test.each([
    ['killed', () => redis.kill(), () => redis.start()],
    ['frozen', async () => redis.freeze(), async () => redis.thaw()],
  ])('R4: while Redis is %s messages go on, and all gaps heal within ten seconds', async (_what, take, giveBack) => {
    const storm = await startStorm(urls);
    await storm.strike(take);
    const startedAt = performance.now();
    while (performance.now() - startedAt < CUT_MS) await storm.waitForMessages(20);
    await giveBack();
    const backAt = performance.now();
    await storm.waitForMessages(50);
    expect(performance.now() - backAt).toBeLessThan(10_000);
    expect(await storm.finish()).toEqual([]);
  });

  test('R5: kill -9 of one node: its clients go to the other', async () => {
    const storm = await startStorm(urls);
    for (const node of [south, north]) {
      expect(await storm.strike(() => node.kill())).toBeGreaterThan(0);
      await storm.waitForMessages(100);
      await node.start();
    }
    expect(await storm.finish()).toEqual([]);
  });

  test('R5: a rolling restart fails no request', async () => {
    const storm = await startStorm(urls);
    const failed: string[] = [];
    const state = { isOver: false };
    // What a load balancer does: the next server when this one does not take the request.
    const ask = async (player: (typeof storm.players)[number]) => {
      while (!state.isOver) {
        const { status } = await player.call('GET', '/v1/chats');
        if (status !== 200) failed.push(`GET /v1/chats: ${status}`);
      }
    };
    const asking = Promise.all(storm.players.map(ask));
    for (const node of [north, south]) {
      await storm.strike(async () => {
        expect((await node.terminate()).exitCode).toBe(0);
      });
      await node.start();
      await storm.waitForMessages(50);
    }
    state.isOver = true;
    await asking;
    expect(failed).toEqual([]);
    expect(await storm.finish()).toEqual([]);
  });

  test('R6: one clientId 50 times at once, over sockets, REST and both nodes, is one message', async () => {
    const storm = await startStorm(urls);
    const [alice] = storm.players;
    const [chatId = ''] = storm.chatIds;
    for (let trial = 0; trial < (isLong ? 200 : 10); trial += 1) {
      const body = { clientId: randomUUID(), text: `only once, trial ${trial}` };
      const answers = await Promise.all(
        Array.from({ length: 50 }, async () => alice?.call('POST', `/v1/chats/${chatId}/messages`, body)),
      );
      expect(new Set(answers.map((answer) => answer?.status))).toEqual(new Set([201]));
      expect(new Set(answers.map((answer) => JSON.stringify(answer?.body))).size).toBe(1);
    }
    expect(await storm.finish()).toEqual([]);
  });

  test('R23: whoever comes in the middle ends with exactly what everybody has', async () => {
    const storm = await startStorm(urls);
    const [bob, chatId] = [storm.players[1], storm.chatIds[0]];
    if (!bob || !chatId) throw new Error('nobody is there');
    for (let round = 0; round < (isLong ? 200 : 15); round += 1) {
      await storm.waitForMessages(5);
      // Another device of bob: it fetches while the others write, and follows the socket at the same time.
      const device = await createPlayer(urls, 'device', storm.ledger, bob);
      device.follow(chatId);
      await device.catchUp();
      storm.players.push(device);
    }
    await storm.waitForMessages(20);
    expect(await storm.finish()).toEqual([]);
    expect(storm.ledger.streams.filter((stream) => stream.chatId === chatId && stream.changes.length > 0)).toHaveLength(
      (isLong ? 200 : 15) + 2,
    );
  });
});
