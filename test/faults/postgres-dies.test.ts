import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { generateSigningKeys } from '#modules/accounts/index.ts';
import { createNode } from './harness/node.ts';
import { startFaultyPostgres } from './harness/postgres.ts';
import { type Storm, startStorm } from './harness/storm.ts';

const isLong = process.env.FAULTS === 'long';
const ROUNDS = isLong ? 20 : 2;
const FROZEN_MS = 15_000;

const postgres = await startFaultyPostgres();
const node = await createNode({ DATABASE_URL: postgres.url, SIGNING_KEYS: await generateSigningKeys() });
await node.start();
afterAll(async () => {
  await node.stop();
  await postgres.stop();
});

async function expectToWorkAgain(storm: Storm): Promise<void> {
  const startedAt = performance.now();
  await storm.waitForMessages(1);
  expect(performance.now() - startedAt).toBeLessThan(10_000);
  expect(node.isAlive()).toBe(true);
}

test('R2: kill -9 of PostgreSQL costs neither the server nor a message', async () => {
  const storm = await startStorm([node.url]);
  for (let round = 0; round < ROUNDS; round += 1) {
    await storm.strike(() => postgres.kill());
    await postgres.waitUntilReady();
    await expectToWorkAgain(storm);
  }
  await storm.waitForMessages(50);
  expect(await storm.finish()).toEqual([]);
});

test('R2: while PostgreSQL is frozen every request is refused within five seconds', async () => {
  const storm = await startStorm([node.url]);
  const [reporter] = storm.players;
  if (!reporter) throw new Error('nobody is there');
  await storm.strike(() => postgres.freeze());
  const until = performance.now() + FROZEN_MS;
  const answers: { status: number; milliseconds: number }[] = [];
  while (performance.now() < until) {
    const clientId = randomUUID();
    answers.push(
      ...(await Promise.all([
        reporter.tryOnce('POST', `/v1/chats/${storm.chatIds[0]}/messages`, { clientId, text: 'is anybody there?' }),
        reporter.tryOnce('PUT', `/v1/chats/${storm.chatIds[0]}/read`, { seq: 1 }),
        reporter.tryOnce('GET', '/health/ready'),
      ])),
    );
  }
  postgres.thaw();
  expect(answers.length).toBeGreaterThan(2);
  for (const { status, milliseconds } of answers) {
    expect(status).toBe(503);
    expect(milliseconds).toBeLessThan(5_000);
  }
  await expectToWorkAgain(storm);
  await storm.waitForMessages(50);
  expect(await storm.finish()).toEqual([]);
});
