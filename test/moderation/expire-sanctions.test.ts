import { expect, test } from 'vitest';
import { type Person, startApp } from '../helpers/app.ts';
import { listOf } from '../helpers/chats.ts';
import { inHours } from '../helpers/moderation.ts';
import { hire, signInAs } from '../helpers/staff.ts';
import { openVerified } from '../helpers/verified.ts';

const server = await startApp();
const { clock, app, mailsTo, settle } = server;
const signUpVerified = openVerified(server);
const { password } = await hire(server, 'mod', 'moderator');
const impose = async ({ userId }: Person, kind: string, until?: string) => {
  const moderator = await signInAs(server, 'mod', password);
  const { body } = await moderator.call('imposeSanction', { body: { userId, kind, reason: 'spam', until } });
  return { sanctionId: String(body.sanctionId) };
};
const lift = async (params: { sanctionId: string }) =>
  (await signInAs(server, 'mod', password)).call('liftSanction', { params, query: { reason: 'mistake' } });
const hourPasses = async () => {
  clock.advance(3_600);
  await app.moderation.chores.find(({ name }) => name === 'moderation.expire-sanctions')?.run();
  await settle();
};
/** What a person was told since they were signed up, the latest last, without what was imposed. */
const endsToldTo = async (person: Person) => {
  const feed = listOf((await (await person.signInAgain()).call('listNotifications')).body.items).toReversed();
  return feed
    .map(({ title, text }) => [String(title), String(text)])
    .filter(([title]) => !['A decision of our moderators', 'Решение модераторов'].includes(title ?? ''));
};
const letterTo = async ({ username }: Person) => {
  const letter = (await mailsTo(`${username}@example.com`)).at(-1);
  return [letter?.subject, letter?.text];
};

test('an end by time is no decision: it has words of its own, in both languages', async () => {
  const alice = await signUpVerified('alice');
  const boris = await signUpVerified('boris', { locale: 'ru' });
  for (const person of [alice, boris]) await impose(person, 'mute', inHours(clock, 1));
  await hourPasses();
  expect(await letterTo(alice)).toEqual([
    'A restriction of your account has ended',
    expect.stringContaining('You can write again.'),
  ]);
  expect(await letterTo(boris)).toEqual([
    'Срок ограничения вашей учётной записи истёк',
    expect.stringContaining('Вы снова можете писать.'),
  ]);
  expect(await endsToldTo(alice)).toEqual([['It is over', 'You can write again.']]);
  expect(await endsToldTo(boris)).toEqual([['Срок истёк', 'Вы снова можете писать.']]);
});

test('nobody is told that they are free while something else of the kind, or a ban, is in force', async () => {
  const carol = await signUpVerified('carol');
  await impose(carol, 'mute', inHours(clock, 1));
  await impose(carol, 'mute', inHours(clock, 2));
  await impose(carol, 'suspension', inHours(clock, 3));
  const ban = await impose(carol, 'ban');
  for (let i = 0; i < 3; i += 1) await hourPasses();
  expect(await letterTo(carol)).toContain('A decision of our moderators');
  await lift(ban);
  await settle();
  expect(await endsToldTo(carol)).toEqual([['A decision was taken back', 'Your account is open again.']]);
});

test('two that end in one moment are told once', async () => {
  const dave = await signUpVerified('dave');
  for (let i = 0; i < 2; i += 1) await impose(dave, 'mute', inHours(clock, 1));
  await hourPasses();
  expect(await endsToldTo(dave)).toEqual([['It is over', 'You can write again.']]);
});

test('what is taken back is told, but not as freedom while another is in force', async () => {
  const erin = await signUpVerified('erin');
  const first = await impose(erin, 'mute', inHours(clock, 1));
  const second = await impose(erin, 'mute', inHours(clock, 2));
  await lift(first);
  await settle();
  clock.advance(1);
  await lift(second);
  await settle();
  expect(await endsToldTo(erin)).toEqual([
    ['A decision was taken back', 'One of the decisions about your account was taken back; another is still in force.'],
    ['A decision was taken back', 'You can write again.'],
  ]);
});
