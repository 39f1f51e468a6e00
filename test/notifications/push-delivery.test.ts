import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import { startApns } from '../helpers/apns.ts';
import { type Person, startApp } from '../helpers/app.ts';
import { listOf, openDirect, say } from '../helpers/chats.ts';
import { createClient } from '../helpers/client.ts';
import { createContract } from '../helpers/contract.ts';
import { register, tokenOf } from '../helpers/devices.ts';
import { hire } from '../helpers/staff.ts';

const apns = await startApns();
const server = await startApp({ apns: apns.config });
const { signUp, settle, clock, db, app } = server;

let count = 0;
async function join(name: string): Promise<Person & { deviceId: string; phone: string }> {
  count += 1;
  const person = await signUp(`${name}${count}`);
  const phone = tokenOf(person.username);
  const { deviceId } = await register(person, phone);
  return { ...person, phone, deviceId: String(deviceId) };
}

async function wait(seconds: number) {
  await settle();
  clock.advance(seconds);
  await settle();
  return apns.take();
}

const sendTest = (person: Person & { deviceId: string }) =>
  person.call('testPush', { params: { deviceId: person.deviceId } });
const devicesOf = async (person: Person) => listOf((await person.call('listDevices')).body.items);

beforeEach(async () => {
  apns.answerWith(undefined);
  clock.advance(60);
  await wait(60);
});

test('a test push arrives at the device that asked, in its language, though everything is quiet', async () => {
  const alice = await join('alice');
  await register(alice, alice.phone, { deviceId: alice.deviceId, locale: 'ru', environment: 'sandbox' });
  const kinds = { message: { push: false } };
  await alice.call('updateNotificationSettings', { body: { kinds, quietHours: { from: '00:00', to: '23:59' } } });
  const socket = await alice.connect();
  expect((await sendTest(alice)).status).toBe(202);
  expect(await wait(0)).toMatchObject([
    { token: alice.phone, payload: { aps: { alert: { title: 'Уведомления работают' }, category: 'test' } } },
  ]);
  socket.close();
  const bob = await join('bob');
  const stranger = await bob.call('testPush', { params: { deviceId: alice.deviceId } });
  expect(stranger).toMatchObject({ status: 404, body: { code: 'device_not_found' } });
  expect(await wait(0)).toEqual([]);
});

test('a token that Apple calls dead is dropped, unless the app has named it again since', async () => {
  const [alice, bob, carol] = [await join('alice'), await join('bob'), await join('carol')];
  const timestamp = clock.now().getTime();
  apns.answerWith(({ token }) => {
    if (token === alice.phone) return { status: 410, body: { reason: 'Unregistered', timestamp } };
    if (token === bob.phone) return { status: 410, body: { reason: 'Unregistered', timestamp: timestamp - 3_600_000 } };
    return { status: 400, body: { reason: 'BadDeviceToken' } };
  });
  for (const person of [alice, bob, carol]) await sendTest(person);
  expect(await wait(0)).toHaveLength(3);
  expect(await devicesOf(alice)).toEqual([]);
  expect(await devicesOf(bob)).toHaveLength(1);
  expect(await devicesOf(carol)).toEqual([]);
  // Neither is tried again.
  expect(await wait(3_600)).toEqual([]);
});

test('what Apple cannot take now is tried again, later each time, and not before Retry-After', async () => {
  const alice = await join('alice');
  apns.answerWith(() => ({ status: 500, body: { reason: 'InternalServerError' } }));
  await sendTest(alice);
  const first = await wait(0);
  expect(first).toHaveLength(1);
  expect(await wait(4)).toEqual([]);
  expect(await wait(1)).toHaveLength(1);
  expect(await wait(9)).toEqual([]);
  apns.answerWith(() => ({ status: 429, body: { reason: 'TooManyRequests' }, headers: { 'retry-after': '100' } }));
  expect(await wait(1)).toHaveLength(1);
  apns.answerWith(undefined);
  expect(await wait(99)).toEqual([]);
  const last = await wait(1);
  // The same push, not another one.
  expect(last.map(({ headers }) => headers['apns-id'])).toEqual([first[0]?.headers['apns-id']]);
  expect(await wait(3_600)).toEqual([]);
});

test('a push that will never be taken is a dead letter, and may be sent from there', async () => {
  const alice = await join('alice');
  apns.answerWith(() => ({ status: 413, body: { reason: 'PayloadTooLarge' } }));
  await sendTest(alice);
  expect(await wait(0)).toHaveLength(1);
  expect(await wait(3_600)).toEqual([]);
  const chief = await hire(server, `chief${count}`);
  const { body } = await chief.call('listFailedJobs');
  const [letter] = listOf(body.items);
  expect(letter).toMatchObject({ kind: 'notifications.push', error: 'PayloadTooLarge' });
  apns.answerWith(undefined);
  await chief.call('retryFailedJob', { params: { jobId: String(letter?.jobId) } });
  expect(await wait(0)).toMatchObject([{ token: alice.phone }]);
});

test('B9: the next user of a phone gets nothing of the one before', async () => {
  const contract = createContract(app.document);
  const [alice, bob] = [await join('alice'), await join('bob')];
  const chatId = await openDirect(alice, bob);
  await wait(60);
  const endings: [string, (phone: Pick<Person, 'call'>) => Promise<unknown>][] = [
    ['logout', (phone) => phone.call('logout')],
    ['the end of the session', () => bob.call('endOtherSessions')],
    [
      'a new password',
      () =>
        bob.call('changePassword', {
          body: { currentPassword: bob.password, newPassword: `${bob.password} once more` },
        }),
    ],
  ];
  let password = bob.password;
  for (const [, end] of endings) {
    const { body } = await bob.call('login', { body: { login: bob.username, password } });
    const phone = createClient(server.url, contract, String(body.tokens?.accessToken));
    const token = tokenOf(randomUUID());
    await register(phone, token);
    // Already in the queue when the session ends.
    await say(alice, chatId, 'for bob alone');
    await settle();
    await end(phone);
    if (end === endings[2]?.[1]) password = `${bob.password} once more`;
    await say(alice, chatId, 'for bob alone, too');
    const pushes = await wait(60);
    expect(pushes.filter((push) => push.token === token)).toEqual([]);
    expect(pushes.some((push) => push.token === bob.phone)).toBe(true);
  }

  // Carol signs in on Bob's phone, which never told that Bob has left.
  const carol = await signUp(`carol${count}`);
  await say(alice, chatId, 'for bob alone');
  await settle();
  await register(carol, bob.phone);
  await say(alice, chatId, 'for bob alone, too');
  expect((await wait(60)).filter((push) => push.token === bob.phone)).toEqual([]);
});

test('B9: nor does a push leave while the log that tells of the end waits', async () => {
  const [alice, bob] = [await join('alice'), await join('bob')];
  const chatId = await openDirect(alice, bob);
  await wait(60);
  await say(alice, chatId, 'for bob alone');
  await settle();
  // As if no hint and no event had come: only the session says that it is over.
  await db.statement
    .updateTable('sessions')
    .set({ ended_at: clock.now() })
    .where('account_id', '=', bob.userId)
    .execute();
  expect((await wait(60)).filter(({ token }) => token === bob.phone)).toEqual([]);
  const rows = await db.read.selectFrom('devices').select('device_id').where('account_id', '=', bob.userId).execute();
  expect(rows).toEqual([]);
});

test('news of the feed are pushes of their kind, unless switched off, read, or about a blocked person', async () => {
  const [alice, bob, carol, dave, erin] = [
    await join('alice'),
    await join('bob'),
    await join('carol'),
    await join('dave'),
    await join('erin'),
  ];
  const ask = (to: Person) => alice.call('createTeammateRequest', { body: { userId: to.userId } });
  await bob.call('updateNotificationSettings', { body: { preview: 'none' } });
  await carol.call('updateNotificationSettings', { body: { kinds: { teammate_request: { push: false } } } });
  for (const person of [bob, carol, dave, erin]) await ask(person);
  await settle();
  await dave.call('blockUser', { params: { userId: alice.userId } });
  await erin.call('markNotificationsRead', { body: { upTo: 'ffffffff-ffff-7fff-bfff-ffffffffffff' } });
  const pushes = await wait(10);
  expect(pushes).toHaveLength(1);
  expect(pushes).toMatchObject([
    {
      token: bob.phone,
      payload: {
        aps: { alert: { body: 'There is something new for you' }, badge: 1, category: 'teammate_request' },
        soyamate: { kind: 'teammate_request' },
      },
    },
  ]);
  expect(JSON.stringify(pushes)).not.toContain(alice.username);
});

test('matches of saved searches push quietly and at most so often a day', async () => {
  const alice = await join('alice');
  await alice.call('updateNotificationSettings', { body: { matchPushesPerDay: 2 } });
  for (const name of ['one', 'two', 'three']) {
    const found = await signUp(`${name}${count}`);
    const payload = JSON.stringify({ accountId: alice.userId, savedSearchId: randomUUID(), matchId: found.userId });
    await db.statement.insertInto('outbox_events').values({ type: 'search.match_found', payload }).execute();
    await settle();
  }
  const pushes = await wait(10);
  expect(pushes).toHaveLength(2);
  for (const { payload, headers } of pushes) {
    expect(payload.aps).toMatchObject({ 'interruption-level': 'passive', category: 'search_match' });
    expect(payload.aps).not.toHaveProperty('sound');
    expect(headers['apns-priority']).toBe('5');
  }
  expect((await alice.call('listNotifications')).body.unread).toBe(3);
});

test('figures: what was sent, what failed and why, and how long the queue is', async () => {
  const alice = await join('alice');
  await sendTest(alice);
  await wait(0);
  const text = await app.metrics.registry.metrics();
  expect(text).toMatch(/soyamate_pushes_total\{outcome="sent",reason=""\} [1-9]/);
  expect(text).toMatch(/soyamate_pushes_total\{outcome="failed",reason="TooManyRequests"\} 1/);
  expect(text).toMatch(/soyamate_pushes_total\{outcome="gone",reason="Unregistered"\} 2/);
  expect(text).toMatch(/soyamate_push_queue_seconds 0/);
  expect(text).toMatch(/soyamate_push_queue 0/);
});
