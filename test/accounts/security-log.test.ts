import { expect, test } from 'vitest';
import { openTotp } from '../../src/modules/accounts/totp.ts';
import { type Person, startApp } from '../helpers/app.ts';
import { openVerified } from '../helpers/verified.ts';

const server = await startApp();
const { app, nobody, clock, db, mailsTo, logLines } = server;
const signUpVerified = openVerified(server);

type Line = Record<string, unknown>;

/** What stands in the log of what was done since the call, but for the times and the ids of requests. */
function watchLog(): () => Line[] {
  const from = logLines.length;
  return () =>
    logLines
      .slice(from)
      .map((line) => JSON.parse(line) as Line)
      .filter((line) => line.msg === 'security')
      .map(({ level: _level, time: _time, msg: _msg, requestId, ...fields }) => {
        expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
        return fields;
      });
}
const login = (person: Pick<Person, 'username'>, password: string, more = {}) =>
  nobody.call('login', { body: { login: person.username, password, ...more } });
const address = '127.0.0.0/24';

test('sign-ins, done and refused, and lockouts: whose, from which network, and why', async () => {
  const alice = await server.signUp('alice');
  const { userId: accountId } = alice;
  const lines = watchLog();
  const { body } = await login(alice, alice.password);
  for (let i = 0; i < 6; i += 1) await login(alice, 'wrong password');
  await login({ username: 'ghost' }, 'wrong password');
  await nobody.call('logout', { headers: { authorization: `Bearer ${String(body.tokens?.accessToken)}` } });
  const signIn = { security: 'sign_in', operation: 'login', address };
  const refused = { ...signIn, outcome: 'refused', accountId };
  expect(lines()).toEqual([
    { ...signIn, outcome: 'done', accountId },
    ...Array.from({ length: 5 }, () => ({ ...refused, problem: 'wrong_credentials' })),
    { ...refused, problem: 'too_many_requests' },
    { ...signIn, outcome: 'refused', problem: 'wrong_credentials' },
    { security: 'sign_out', operation: 'logout', outcome: 'done', accountId, address },
  ]);
});

test('changes of password, address and second factor, with whose they are', async () => {
  const bob = await signUpVerified('bob');
  const lines = watchLog();
  const newPassword = 'a wholly new sentence';
  await bob.call('changePassword', { body: { currentPassword: 'wrong password', newPassword } });
  await bob.call('changePassword', { body: { currentPassword: bob.password, newPassword } });
  await bob.call('changeEmail', { body: { email: 'bob@mail.example', password: newPassword } });
  const link = (await mailsTo('bob@mail.example')).at(-1)?.url.split('#')[1];
  await nobody.call('verifyEmail', { body: { token: new URLSearchParams(link).get('token') } });
  const back = await login(bob, newPassword);
  const mine = { headers: { authorization: `Bearer ${String(back.body.tokens?.accessToken)}` } };
  const { body: setup } = await nobody.call('startTotp', { body: { password: newPassword }, ...mine });
  const totp = openTotp(String(setup.secret)).generate({ timestamp: clock.now().getTime() });
  const { body: saved } = await nobody.call('confirmTotp', { body: { totp }, ...mine });
  await login(bob, newPassword);
  await login(bob, newPassword, { totp: '000000' });
  await login(bob, newPassword, { totp: Object.values(saved.codes ?? {})[0] });
  await nobody.call('requestRecovery', { body: { identifier: 'bob' } });
  const code = (await mailsTo('bob@mail.example')).findLast((mail) => mail.code)?.code;
  await nobody.call('resetPassword', { body: { identifier: 'bob', code: '00000000', newPassword: bob.password } });
  await nobody.call('resetPassword', { body: { identifier: 'bob', code, newPassword: bob.password } });
  expect(lines().map(({ security, outcome, problem = '' }) => `${security} ${outcome} ${problem}`.trim())).toEqual([
    'password_change refused wrong_password',
    'password_change done',
    'email_change done',
    'email_confirmation done',
    'sign_in done',
    'totp done',
    'totp_on done',
    'sign_in refused totp_required',
    'sign_in refused wrong_totp',
    'sign_in done',
    'recovery done',
    'password_reset refused wrong_code',
    'password_reset done',
  ]);
  // Who asked for recovery is looked up by nobody, so that time tells nothing.
  const others = lines().filter(({ security }) => security !== 'recovery');
  expect(new Set(others.map(({ accountId }) => accountId))).toEqual(new Set([bob.userId]));
});

test('what one may not do is noted at any door, and a refresh token that was copied', async () => {
  const carol = await server.signUp('carol');
  const { body } = await login(carol, carol.password);
  const refresh = () => nobody.call('refresh', { body: { refreshToken: String(body.tokens?.refreshToken) } });
  const lines = watchLog();
  await carol.call('getMe');
  await carol.call('listUsers');
  await refresh();
  clock.advance(11);
  expect((await refresh()).status).toBe(401);
  const { userId: accountId } = carol;
  expect(lines()).toEqual([
    { security: 'access', outcome: 'refused', problem: 'forbidden', operation: 'listUsers', accountId, address },
    { security: 'refresh', outcome: 'refused', problem: 'unauthenticated', operation: 'refresh', accountId, address },
  ]);
});

test('a line holds nothing that somebody typed, no secret, and no address of mail', async () => {
  const dora = await server.signUp('dora');
  const typed = 'p4ssw0rd typed into the wrong field';
  const lines = watchLog();
  await nobody.call('login', { body: { login: typed, password: dora.password }, headers: { 'user-agent': typed } });
  await login(dora, dora.password, { deviceName: typed });
  await nobody.call('requestRecovery', { body: { identifier: typed } });
  await nobody.call('resetPassword', { body: { identifier: typed, code: '12345678', newPassword: `${typed} 2` } });
  await db.transaction((tx) => app.accounts.setStanding(tx, dora.userId, { isBanned: true }));
  await login(dora, dora.password);
  const written = lines();
  expect(written.map(({ outcome }) => outcome)).toEqual(['refused', 'done', 'done', 'refused', 'refused']);
  for (const secret of [typed, dora.password, 'dora', '12345678', '127.0.0.1'])
    expect(JSON.stringify(written)).not.toContain(secret);
});
