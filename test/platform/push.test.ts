import { randomUUID } from 'node:crypto';
import { jwtVerify } from 'jose';
import { afterEach, expect, test } from 'vitest';
import { createApnsPusher, type Push } from '#platform/push.ts';
import { startApns } from '../helpers/apns.ts';
import { createFrozenClock } from '../helpers/clock.ts';
import { tokenOf } from '../helpers/devices.ts';

const apns = await startApns();
const clock = createFrozenClock();

const open = (more: object = {}) => createApnsPusher({ ...apns.config, ...more }, clock);
const pushOf = (more: Partial<Push> = {}): Push => ({
  id: randomUUID(),
  token: tokenOf('phone'),
  environment: 'production',
  type: 'alert',
  priority: 10,
  expiresAt: new Date(clock.now().getTime() + 3_600_000),
  payload: { aps: { alert: { body: 'Привет' } } },
  ...more,
});

afterEach(() => {
  apns.answerWith(undefined);
  apns.take();
});

test('a push carries what Apple asks for, under a token that Apple can check', async () => {
  const pusher = open();
  const push = pushOf({ collapseId: 'chat-1' });
  expect(await pusher.push(push)).toEqual({ outcome: 'sent' });
  const [{ token, headers, payload } = { token: '', headers: {} as Record<string, string>, payload: {} }] = apns.take();
  expect(token).toBe(push.token);
  expect(payload).toEqual(push.payload);
  expect(headers).toMatchObject({
    ':method': 'POST',
    'apns-id': push.id,
    'apns-topic': 'app.soyamate.ios',
    'apns-push-type': 'alert',
    'apns-priority': '10',
    'apns-expiration': String(Math.floor(push.expiresAt.getTime() / 1_000)),
    'apns-collapse-id': 'chat-1',
  });
  const jwt = headers.authorization?.replace('bearer ', '') ?? '';
  const { payload: claims, protectedHeader } = await jwtVerify(jwt, apns.publicKey, { currentDate: clock.now() });
  expect(protectedHeader).toEqual({ alg: 'ES256', kid: 'KEY1234567' });
  expect(claims).toEqual({ iss: 'TEAM123456', iat: Math.floor(clock.now().getTime() / 1_000) });
  pusher.close();
});

test('many pushes share one connection and one token, which is made anew after fifty minutes', async () => {
  const pusher = open();
  const before = apns.connections();
  await Promise.all(Array.from({ length: 200 }, () => pusher.push(pushOf())));
  clock.advance(49 * 60);
  await pusher.push(pushOf());
  expect(new Set(apns.received.map(({ headers }) => headers.authorization)).size).toBe(1);
  clock.advance(60);
  await pusher.push(pushOf());
  expect(new Set(apns.take().map(({ headers }) => headers.authorization)).size).toBe(2);
  expect(apns.connections() - before).toBe(1);
  pusher.close();
});

test('a provider token that Apple calls expired is made anew once, however many pushes it met', async () => {
  const pusher = open();
  await pusher.push(pushOf());
  const old = apns.take()[0]?.headers.authorization;
  clock.advance(1);
  apns.answerWith(({ headers }) =>
    headers.authorization === old ? { status: 403, body: { reason: 'ExpiredProviderToken' } } : { status: 200 },
  );
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => pusher.push(pushOf())));
  expect(outcomes).toEqual(Array.from({ length: 20 }, () => ({ outcome: 'sent' })));
  expect(new Set(apns.take().map(({ headers }) => headers.authorization)).size).toBe(2);
  pusher.close();
});

const since = new Date('2026-11-01T10:00:00.000Z');
test.each([
  [400, { reason: 'BadDeviceToken' }, {}, { outcome: 'gone', reason: 'BadDeviceToken' }],
  [400, { reason: 'DeviceTokenNotForTopic' }, {}, { outcome: 'gone', reason: 'DeviceTokenNotForTopic' }],
  [410, { reason: 'Unregistered', timestamp: since.getTime() }, {}, { outcome: 'gone', reason: 'Unregistered', since }],
  [400, { reason: 'BadTopic' }, {}, { outcome: 'refused', reason: 'BadTopic' }],
  [413, { reason: 'PayloadTooLarge' }, {}, { outcome: 'refused', reason: 'PayloadTooLarge' }],
  [403, { reason: 'InvalidProviderToken' }, {}, { outcome: 'failed', reason: 'InvalidProviderToken' }],
  [
    429,
    { reason: 'TooManyRequests' },
    { 'retry-after': '30' },
    { outcome: 'failed', reason: 'TooManyRequests', retryAfterSeconds: 30 },
  ],
  [500, { reason: 'InternalServerError' }, {}, { outcome: 'failed', reason: 'InternalServerError' }],
  [503, { reason: 'Shutdown' }, {}, { outcome: 'failed', reason: 'Shutdown' }],
  [503, '<html>bad gateway</html>', {}, { outcome: 'failed', reason: 'status_503' }],
  [400, '{"reason": {"deep": 1}}', {}, { outcome: 'refused', reason: 'status_400' }],
  [400, { reason: 'x'.repeat(3_000) }, {}, { outcome: 'refused', reason: 'status_400' }],
  [500, 'x'.repeat(100_000), {}, { outcome: 'failed', reason: 'status_500' }],
])('answer %#: %i is understood', async (status, body, headers, outcome) => {
  const pusher = open();
  apns.answerWith(() => ({ status, body, headers: { ...headers } }));
  expect(await pusher.push(pushOf())).toEqual(outcome);
  pusher.close();
});

test('silence ends after a while, and the next push has a new connection', async () => {
  const pusher = open({ timeoutMs: 200 });
  const before = apns.connections();
  apns.answerWith(() => 'silence');
  expect(await pusher.push(pushOf())).toEqual({ outcome: 'failed', reason: 'timeout' });
  apns.answerWith(undefined);
  expect(await pusher.push(pushOf())).toEqual({ outcome: 'sent' });
  expect(apns.connections() - before).toBe(2);
  pusher.close();
});

test('GOAWAY in the middle: each push is either answered or failed, and the next is sent over a new connection', async () => {
  const pusher = open();
  await pusher.push(pushOf());
  let count = 0;
  apns.answerWith((_push, _stream, session) => {
    count += 1;
    if (count === 5) session.goaway(0, 0, Buffer.from('{"reason":"Shutdown"}'));
    if (count === 8) session.destroy();
    return { status: 200 };
  });
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => pusher.push(pushOf())));
  const sent = outcomes.filter(({ outcome }) => outcome === 'sent');
  expect(outcomes.filter(({ outcome }) => outcome === 'failed').length).toBe(20 - sent.length);
  expect(sent.length).toBeLessThan(20);
  apns.answerWith(undefined);
  expect(await pusher.push(pushOf())).toEqual({ outcome: 'sent' });
  pusher.close();
});

test('a stream that is reset, and a place where nobody listens, are failures to try again', async () => {
  const pusher = open();
  apns.answerWith((_push, stream) => {
    stream.close(2);
    return 'silence';
  });
  expect(await pusher.push(pushOf())).toEqual({ outcome: 'failed', reason: 'connection' });
  pusher.close();
  const nowhere = open({ url: 'http://127.0.0.1:1' });
  expect(await nowhere.push(pushOf())).toEqual({ outcome: 'failed', reason: 'connection' });
  nowhere.close();
});

test('the end fails what is under way and what comes after', async () => {
  const pusher = open();
  let isThere = () => {};
  const arrived = new Promise<void>((resolve) => {
    isThere = resolve;
  });
  apns.answerWith(() => {
    isThere();
    return 'silence';
  });
  const underWay = pusher.push(pushOf());
  await arrived;
  pusher.close();
  expect(await underWay).toEqual({ outcome: 'failed', reason: 'connection' });
  expect(await pusher.push(pushOf())).toEqual({ outcome: 'failed', reason: 'closed' });
});
