import { expect, test } from 'vitest';
import { startApns } from '../helpers/apns.ts';
import { type Person, startApp } from '../helpers/app.ts';
import { listOf } from '../helpers/chats.ts';
import type { Body } from '../helpers/client.ts';
import { register, tokenOf } from '../helpers/devices.ts';
import { caseAbout, inHours, reportUser } from '../helpers/moderation.ts';
import { hire } from '../helpers/staff.ts';
import { openVerified } from '../helpers/verified.ts';

const apns = await startApns();
const server = await startApp({ apns: apns.config });
const { clock, settle, signUp, mailsTo } = server;
const signUpVerified = openVerified(server);
const mod = await hire(server, 'mod', 'moderator');
const second = await hire(server, 'second', 'moderator');

async function feedOf(person: Pick<Person, 'call'>): Promise<Body[]> {
  await settle();
  return listOf((await person.call('listNotifications')).body.items);
}

/** What is told later stands above. */
async function letTimePass() {
  await settle();
  clock.advance(1);
}

/** What comes to a phone within a few seconds. */
async function pushesTo(person: Person) {
  await settle();
  clock.advance(4);
  await settle();
  return apns.take().filter(({ token }) => token === tokenOf(person.username));
}

test('the reporter hears what came of it, the accused what is in force, in their languages', async () => {
  const [alice, bob] = [await signUp('alice'), await signUp('bob', { locale: 'ru' })];
  await register(bob, tokenOf('bob'), { locale: 'ru' });
  const socket = await alice.connect();
  const { reportId } = await reportUser(alice, bob);
  const body = { action: 'mute', until: inHours(clock, 1) };
  await mod.call('resolveCase', { params: await caseAbout(mod, bob), body });

  const [toAlice, ...more] = await feedOf(alice);
  expect(more).toEqual([]);
  expect(toAlice).toMatchObject({
    kind: 'moderation',
    reportId,
    title: 'Your report was looked at',
    text: 'You were right: we have acted. Thank you for helping.',
  });
  expect(toAlice).not.toHaveProperty('user');
  expect((await socket.next('notification')).data?.notification).toEqual(toAlice);
  socket.close();

  const [toBob, ...others] = await feedOf(bob);
  expect(others).toEqual([]);
  const { sanctionId } = listOf((await bob.call('listMySanctions')).body.items)[0] ?? {};
  expect(toBob).toMatchObject({ kind: 'moderation', sanctionId, title: 'Решение модераторов' });
  expect(toBob?.text).toMatch(/^Вы можете читать, но не писать другим\. Срок — до/);
  // Who reported or decided is in none of it.
  expect(JSON.stringify(toBob)).not.toMatch(new RegExp([alice.userId, mod.userId, String(reportId)].join('|')));
  const [push] = await pushesTo(bob);
  expect(push?.payload.aps.alert).toEqual({ title: 'Решение модераторов', body: toBob?.text });
  expect(push?.payload.soyamate).toEqual({ kind: 'moderation', notificationId: toBob?.notificationId, sanctionId });

  const appeal = await bob.call('createAppeal', { body: { sanctionId, text: 'Это была шутка.' } });
  const { appealId } = appeal.body;
  const decision = { decision: 'lifted', answer: 'Согласны.' };
  await second.call('decideAppeal', { params: { appealId: String(appealId) }, body: decision });
  expect((await feedOf(bob))[0]).toMatchObject({
    kind: 'moderation',
    appealId,
    sanctionId,
    title: 'Ваше обжалование рассмотрено',
    text: 'Вы были правы: решение отменено. Согласны.',
  });
  // The decision on the appeal tells that it is lifted.
  expect(await feedOf(bob)).toHaveLength(2);
});

test('a preview that hides texts says only that there is a decision; a lifted sanction is told', async () => {
  const carol = await signUp('carol');
  await register(carol, tokenOf('carol'));
  await carol.call('updateNotificationSettings', { body: { preview: 'name_only' } });
  const impose = { userId: carol.userId, kind: 'search_ban', reason: 'spam' };
  const { body } = await mod.call('imposeSanction', { body: impose });
  const params = { sanctionId: String(body.sanctionId) };
  await letTimePass();
  await mod.call('liftSanction', { params, query: { reason: 'mistake' } });
  expect(await feedOf(carol)).toMatchObject([
    { title: 'A decision was taken back', text: 'Your profile can be found again.', ...params },
    { title: 'A decision of our moderators', text: expect.stringContaining('not shown in the search'), ...params },
  ]);
  expect((await pushesTo(carol)).map(({ payload }) => payload.aps.alert)).toEqual([
    { body: 'There is a decision of the moderators' },
    { body: 'There is a decision of the moderators' },
  ]);
});

test('a warning is told at once; a suspension, an end and a ban stand in the feed when the person is back', async () => {
  const erin = await signUpVerified('erin');
  await register(erin, tokenOf('erin'));
  const impose = async (kind: string, more: object = {}) => {
    await letTimePass();
    const body = { userId: erin.userId, kind, reason: 'spam', ...more };
    return String((await mod.call('imposeSanction', { body })).body.sanctionId);
  };
  const warningId = await impose('warning');
  expect(await feedOf(erin)).toMatchObject([{ kind: 'moderation', sanctionId: warningId }]);
  await pushesTo(erin);
  const suspensionId = await impose('suspension', { until: inHours(clock, 1) });
  // Its device went with the session, and a session to appeal reads the decision, not the feed.
  expect(await pushesTo(erin)).toEqual([]);
  const credentials = { login: 'erin', password: erin.password };
  const appealing = await server.nobody.call('signInToAppeal', { body: credentials });
  const headers = { authorization: `Bearer ${String(appealing.body.tokens?.accessToken)}` };
  expect((await server.nobody.call('listNotifications', { headers })).status).toBe(403);
  const mine = await server.nobody.call('listMySanctions', { headers });
  expect(JSON.stringify(mine.body)).toContain(suspensionId);
  const banId = await impose('ban');
  for (const sanctionId of [banId, suspensionId]) {
    await letTimePass();
    await mod.call('liftSanction', { params: { sanctionId }, query: { reason: 'mistake' } });
  }
  const feed = await feedOf(await erin.signInAgain());
  expect(feed.map(({ kind, sanctionId }) => [kind, sanctionId])).toEqual(
    [suspensionId, banId, banId, suspensionId, warningId].map((sanctionId) => ['moderation', sanctionId]),
  );
});

test('what becomes of the security of the account is told, in quiet hours, too', async () => {
  const dave = await signUpVerified('dave', { locale: 'ru' });
  await register(dave, tokenOf('dave'));
  await dave.call('updateMyProfile', { body: { timeZone: 'UTC' } });
  const [from, to] = [-1, 2].map((hours) => inHours(clock, hours).slice(11, 16));
  await dave.call('updateNotificationSettings', { body: { quietHours: { from, to } } });
  const newPassword = 'dave likes even longer passwords';
  await dave.call('changePassword', { body: { currentPassword: dave.password, newPassword } });
  await letTimePass();
  await dave.call('changeEmail', { body: { email: 'new@example.com', password: newPassword } });
  await letTimePass();
  const mail = (await mailsTo('new@example.com')).at(-1);
  expect((await dave.call('verifyEmail', { body: { code: mail?.code } })).status).toBe(204);
  const feed = await feedOf(dave);
  expect(feed.map(({ kind, code, text }) => ({ kind, code, text }))).toEqual([
    { kind: 'security', code: 'email_changed', text: 'Ваш адрес почты изменён' },
    { kind: 'security', code: 'email_change_asked', text: 'Запрошена смена адреса почты' },
    { kind: 'security', code: 'password_changed', text: 'Ваш пароль изменён' },
  ]);
  expect(JSON.stringify(feed)).not.toContain('@example.com');
  const pushes = await pushesTo(dave);
  expect(pushes.map(({ payload }) => payload.soyamate)).toContainEqual({
    kind: 'security',
    notificationId: feed[2]?.notificationId,
    code: 'password_changed',
  });
  expect(pushes.map(({ payload }) => payload.aps.alert)).toContainEqual({ body: 'Your password was changed' });

  await dave.call('requestRecovery', { body: { identifier: 'dave' } });
  const recovery = (await mailsTo('new@example.com')).at(-1);
  const reset = { identifier: 'dave', code: recovery?.code, newPassword: 'dave has forgotten the other ones' };
  expect((await server.nobody.call('resetPassword', { body: reset })).status).toBe(204);
  const { body } = await server.nobody.call('login', { body: { login: 'dave', password: reset.newPassword } });
  const again = server.visit({ ...dave, token: String(body.tokens?.accessToken) });
  expect((await feedOf(again))[0]).toMatchObject({ kind: 'security', code: 'password_reset' });
});
