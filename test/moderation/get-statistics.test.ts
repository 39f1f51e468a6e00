import { expect, test } from 'vitest';
import { startApns } from '../helpers/apns.ts';
import { startApp } from '../helpers/app.ts';
import { listOf, openDirect, say } from '../helpers/chats.ts';
import { register, tokenOf } from '../helpers/devices.ts';
import { caseAbout, reportUser } from '../helpers/moderation.ts';
import { hire, signInAs } from '../helpers/staff.ts';

const apns = await startApns();
const server = await startApp({ apns: apns.config });
const { signUp, clock, db, app } = server;
const chief = await hire(server, 'chief');

test('growth, activity, the queue and mail, day by day', async () => {
  const alice = await signUp('alice');
  const bob = await signUp('bob');
  await server.nobody.call('createGuest', { body: {} });
  const chatId = await openDirect(alice, bob);
  await say(alice, chatId, 'раз');
  const socket = await alice.connect();
  await socket.ask({ op: 'send', chatId, clientId: '0193a8a0-0000-7000-8000-000000000001', text: 'два' });
  await alice.call('listTeammates');
  await reportUser(alice, bob);
  await register(alice, tokenOf('alice'));
  const devices = listOf((await alice.call('listDevices')).body.items);
  apns.answerWith(() => ({ status: 503 }));
  await alice.call('testPush', { params: { deviceId: String(devices[0]?.deviceId) } });
  await server.settle();
  apns.answerWith(undefined);
  clock.advance(120);
  await server.settle();
  const { status, body } = await chief.call('getStatistics');
  expect(status).toBe(200);
  expect(body).toMatchObject({
    accounts: { total: 3, registered: { day: 3, month: 3 }, active: { day: 3 }, suspended: 0, banned: 0 },
    cases: { open: 1, overdue: 0, resolvedInMonth: 0 },
  });
  const today = { registrations: 2, searches: 1, requestsSent: 1, requestsAccepted: 1, messages: 2, reports: 1 };
  const health = { mailsSent: 2, mailsFailed: 0, pushesSent: 1, pushesFailed: 1 };
  expect(listOf(body.days)).toHaveLength(30);
  expect(listOf(body.days)[0]).toMatchObject({ day: clock.now().toISOString().slice(0, 10), ...today, ...health });
  expect(listOf(body.jobs).every(({ failed }) => Number(failed) === 0)).toBe(true);

  // Asked again, nothing is counted twice; the day after, a new day begins.
  await app.moderation.chores.find(({ name }) => name === 'moderation.count-the-day')?.run();
  clock.advance(86_400);
  const back = await signInAs(server, 'chief', chief.password);
  await back.call('resolveCase', { params: await caseAbout(back, bob), body: { action: 'ban' } });
  const later = (await back.call('getStatistics')).body;
  expect(listOf(later.days)[0]).toMatchObject({ registrations: 0, messages: 0, reports: 0 });
  expect(listOf(later.days)[1]).toMatchObject(today);
  expect(later).toMatchObject({
    accounts: { banned: 1 },
    cases: { open: 0, resolvedInMonth: 1, medianSecondsToResolve: 86_520 },
  });
});

test('for administrators alone', async () => {
  const mod = await hire(server, 'mod', 'moderator');
  expect((await mod.call('getStatistics')).status).toBe(403);
  expect((await server.nobody.call('getStatistics')).status).toBe(401);
  expect(await db.read.selectFrom('daily_counts').select('name').execute()).not.toEqual([]);
});
