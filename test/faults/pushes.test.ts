import { afterAll, expect, test } from 'vitest';
import { generateSigningKeys } from '#modules/accounts/index.ts';
import { startApns } from '../helpers/apns.ts';
import { createNode } from './harness/node.ts';
import { createPhones, waitFor } from './harness/phones.ts';
import { startFaultyPostgres } from './harness/postgres.ts';

const apns = await startApns();
const postgres = await startFaultyPostgres();
const node = await createNode({
  DATABASE_URL: postgres.url,
  SIGNING_KEYS: await generateSigningKeys(),
  APNS_KEY: apns.config.key,
  APNS_KEY_ID: apns.config.keyId,
  APNS_TEAM_ID: apns.config.teamId,
  APNS_TOPIC: apns.config.topic,
  APNS_URL: apns.config.url,
});
await node.start();
afterAll(async () => {
  await node.stop();
  await postgres.stop();
});

const setUp = createPhones(node, apns);

test('R20: a message that was acknowledged before kill -9 is pushed after the restart, once', async () => {
  const { say, pushes } = await setUp();
  await say();
  await node.kill();
  await node.start();
  await waitFor(() => pushes().length > 0, 60);
  await node.terminate();
  await node.start();
  expect(pushes()).toHaveLength(1);
});

test('R20: killed between the push and the note of it, it goes out once more and never again', async () => {
  const { say, pushes, isMessage } = await setUp();
  apns.answerWith((push) => (isMessage(push) ? 'silence' : { status: 200 }));
  await say();
  await waitFor(() => pushes().length === 1, 60);
  await node.kill();
  apns.answerWith(undefined);
  await node.start();
  await waitFor(() => pushes().length === 2, 90);
  await node.terminate();
  await node.start();
  // Longer than the lease of a push that is being sent.
  await new Promise((resolve) => setTimeout(resolve, 35_000));
  expect(pushes()).toHaveLength(2);
  // The second takes the place of the first on the screen, and is told from another push by its id.
  expect(new Set(pushes().map(({ headers }) => headers['apns-collapse-id'])).size).toBe(1);
  expect(new Set(pushes().map(({ headers }) => headers['apns-id'])).size).toBe(1);
}, 240_000);

test('R20: Apple is away for a while: nothing is lost', async () => {
  const { say, pushes } = await setUp();
  let isAway = true;
  apns.answerWith(() => (isAway ? { status: 503, body: 'gone fishing' } : { status: 200 }));
  await say();
  await waitFor(() => pushes().length >= 1, 60);
  isAway = false;
  const before = pushes().length;
  await waitFor(() => pushes().length > before, 60);
});
