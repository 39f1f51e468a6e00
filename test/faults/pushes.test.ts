import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { generateSigningKeys } from '#modules/accounts/index.ts';
import { type Received, startApns } from '../helpers/apns.ts';
import { tokenOf } from '../helpers/devices.ts';
import { createNode } from './harness/node.ts';
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

type Answer = Record<string, Record<string, string>> & Record<string, string>;

async function call(token: string, method: string, path: string, body?: object): Promise<Answer> {
  const response = await fetch(`${node.url}${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...(token !== '' && { authorization: `Bearer ${token}` }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return (text === '' ? {} : JSON.parse(text)) as Answer;
}

let joined = 0;

async function join(name: string) {
  const { user, tokens } = await call('', 'POST', '/v1/auth/register', {
    username: `${name}_${(joined += 1)}`,
    email: `${name}@example.com`,
    password: `${name} likes long passwords`,
    ageBand: '18_plus',
    acceptedTerms: '2026-11-01',
  });
  return { userId: user?.userId ?? '', token: tokens?.accessToken ?? '' };
}

/** Alice writes to Bob, whose phone is known; resolves once the message is acknowledged. */
async function setUp() {
  const [alice, bob] = [await join('alice'), await join('bob')];
  const phone = tokenOf(randomUUID());
  const device = { apnsToken: phone, environment: 'production', locale: 'en' };
  await call(bob.token, 'PUT', `/v1/me/devices/${randomUUID()}`, device);
  const { requestId } = await call(alice.token, 'POST', '/v1/teammate-requests', { userId: bob.userId });
  await call(bob.token, 'POST', `/v1/teammate-requests/${requestId}/accept`);
  const { chatId } = await call(alice.token, 'PUT', `/v1/chats/direct/${bob.userId}`);
  const say = () => call(alice.token, 'POST', `/v1/chats/${chatId}/messages`, { clientId: randomUUID(), text: 'hi' });
  const isMessage = ({ token, payload }: Received) => token === phone && payload.aps.category === 'message';
  return { say, pushes: () => apns.received.filter(isMessage), isMessage };
}

async function waitFor(isTrue: () => boolean, seconds: number): Promise<void> {
  for (const end = performance.now() + seconds * 1_000; !isTrue(); ) {
    if (performance.now() > end) throw new Error('it did not happen');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

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
