import { expect, test } from 'vitest';
import { type Person, startApp } from '../helpers/app.ts';
import { listOf } from '../helpers/chats.ts';
import { inHours } from '../helpers/moderation.ts';
import { hire, signInAs } from '../helpers/staff.ts';
import { openVerified } from '../helpers/verified.ts';

const server = await startApp();
const { signUp, clock, app, nobody, db, mailsTo } = server;
const signUpVerified = openVerified(server);
const staff = { mod: await hire(server, 'mod', 'moderator'), chief: await hire(server, 'chief') };
/** Tokens end while the clock moves. */
const as = (name: keyof typeof staff) => signInAs(server, name, staff[name].password);
const setState = async ({ userId }: Person, state: string) =>
  (await as('chief')).call('updateUser', { params: { userId }, body: { state, reason: 'as decided' } });
const impose = async ({ userId }: Person, body: object) =>
  (await as('mod')).call('imposeSanction', { body: { userId, reason: 'spam', ...body } });
const hoursPass = async (hours: number) => {
  clock.advance(hours * 3_600);
  await app.moderation.chores.find(({ name }) => name === 'moderation.expire-sanctions')?.run();
};
const stateOf = async ({ userId }: Person) =>
  (await db.read.selectFrom('accounts').select('state').where('account_id', '=', userId).executeTakeFirstOrThrow())
    .state;
const actsOn = ({ userId }: Person) =>
  db.read.selectFrom('staff_acts').select(['act', 'details']).where('subject_id', '=', userId).orderBy('act_id');
const toAppeal = async ({ username, password }: Person) => {
  const { body } = await nobody.call('signInToAppeal', { body: { login: username, password } });
  return { headers: { authorization: `Bearer ${String(body.tokens?.accessToken)}` } };
};

test.each(['banned', 'suspended'])(
  'a lighter sanction leaves an account %s that administrators set so',
  async (state) => {
    const eve = await signUp(`eve_${state}`);
    await setState(eve, state);
    expect((await impose(eve, { kind: 'suspension', until: inHours(clock, 1) })).status).toBe(201);
    expect((await impose(eve, { kind: 'mute', until: inHours(clock, 1) })).status).toBe(201);
    expect(await stateOf(eve)).toBe(state);
    await hoursPass(2);
    expect(await stateOf(eve)).toBe(state);
    const credentials = { login: eve.username, password: eve.password };
    expect((await nobody.call('login', { body: credentials })).body).toMatchObject({ code: 'account_blocked' });
  },
);

test('who is restored stays so: no sanction comes back by itself', async () => {
  const alice = await signUp('alice');
  await impose(alice, { kind: 'ban' });
  await impose(alice, { kind: 'suspension', until: inHours(clock, 5) });
  expect((await setState(alice, 'active')).body).toMatchObject({ state: 'active' });
  await signInAs(server, 'alice', alice.password);
  await impose(alice, { kind: 'suspension', until: inHours(clock, 1) });
  expect(await stateOf(alice)).toBe('suspended');
  await hoursPass(1);
  expect(await stateOf(alice)).toBe('active');
  await hoursPass(5);
  expect(await stateOf(alice)).toBe('active');
  const acts = await actsOn(alice).where('act', '=', 'account.restored').execute();
  expect(acts).toMatchObject([
    {
      details: {
        before: { state: 'banned' },
        after: { state: 'active' },
        imposedIds: [],
        liftedIds: [expect.any(String), expect.any(String)],
      },
    },
  ]);
});

test('what administrators set has no end, also on top of what has one', async () => {
  const bob = await signUp('bob');
  await impose(bob, { kind: 'suspension', until: inHours(clock, 1) });
  const until = inHours(clock, 1);
  expect((await setState(bob, 'suspended')).body).toMatchObject({ state: 'suspended' });
  await setState(bob, 'suspended');
  await hoursPass(2);
  expect(await stateOf(bob)).toBe('suspended');
  const acts = await actsOn(bob).where('act', '=', 'account.suspended').execute();
  expect(acts).toMatchObject([
    {
      details: {
        before: { state: 'suspended', until },
        after: { state: 'suspended' },
        imposedIds: [expect.any(String)],
      },
    },
  ]);
  await setState(bob, 'banned');
  expect(await stateOf(bob)).toBe('banned');
  await setState(bob, 'suspended');
  expect(await stateOf(bob)).toBe('suspended');
});

test('the person is told and may appeal, as against any sanction', async () => {
  const carol = await signUpVerified('carol');
  await setState(carol, 'banned');
  const session = await toAppeal(carol);
  const [ban] = listOf((await nobody.call('listMySanctions', session)).body.items);
  expect(ban).toMatchObject({ kind: 'ban', reason: 'other', isActive: true, canAppeal: true });
  const body = { sanctionId: String(ban?.sanctionId), text: 'It was my brother.' };
  const { body: appeal } = await nobody.call('createAppeal', { ...session, body });
  const decision = {
    params: { appealId: String(appeal.appealId) },
    body: { decision: 'lifted', answer: 'So it was.' },
  };
  expect((await (await as('mod')).call('decideAppeal', decision)).status).toBe(200);
  expect(await stateOf(carol)).toBe('active');
  await setState(carol, 'suspended');
  await setState(carol, 'active');
  const letters = (await mailsTo('carol@example.com')).map(({ subject }) => subject);
  expect(letters.slice(-4)).toEqual([
    'A decision of our moderators',
    'Your appeal was decided',
    'A decision of our moderators',
    'A decision about your account was taken back',
  ]);
});
