import { afterAll, expect, test } from 'vitest';
import { generateSigningKeys } from '#modules/accounts/index.ts';
import { createNode } from './harness/node.ts';
import { startFaultyPostgres } from './harness/postgres.ts';
import { startStorm } from './harness/storm.ts';

const KILLS = process.env.FAULTS === 'long' ? 100 : 4;

const postgres = await startFaultyPostgres();
const node = await createNode({ DATABASE_URL: postgres.url, SIGNING_KEYS: await generateSigningKeys() });
await node.start();
afterAll(async () => {
  await node.stop();
  await postgres.stop();
});

test('R1: kill -9 of the server in a storm of sends loses, doubles and reorders nothing', async () => {
  const storm = await startStorm([node.url]);
  for (let kill = 0; kill < KILLS; kill += 1) {
    const hit = await storm.strike(() => node.kill());
    expect(hit).toBeGreaterThan(0);
    const readyAfterMs = await node.start();
    // On a machine of one's own two or three seconds; CI shares its cores.
    expect(readyAfterMs).toBeLessThan(20_000);
    process.stdout.write(
      `kill ${kill + 1}: ${hit} sends unanswered, ready again after ${Math.round(readyAfterMs)} ms\n`,
    );
  }
  await storm.waitForMessages(50);
  expect(await storm.finish()).toEqual([]);
});

test('R15: SIGTERM under load answers what is under way, tells the sockets and ends with 0 in ten seconds', async () => {
  const storm = await startStorm([node.url]);
  let end = { exitCode: null as number | null, milliseconds: 0 };
  await storm.strike(async () => {
    end = await node.terminate();
  });
  expect(end.exitCode).toBe(0);
  expect(end.milliseconds).toBeLessThan(10_000);
  for (const { closeCodes } of storm.players) expect(closeCodes[0]).toBe(1012);
  await node.start();
  await storm.waitForMessages(50);
  expect(await storm.finish()).toEqual([]);
});
