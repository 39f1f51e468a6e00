import { afterAll, expect, test } from 'vitest';
import { openTotp } from '../../src/modules/accounts/totp.ts';
import { startApp } from '../helpers/app.ts';
import { BUNDLE_ID, startApple } from '../helpers/apple.ts';

const apple = await startApple();
afterAll(() => apple.close());
const server = await startApp({ apple: { clientIds: [BUNDLE_ID], issuerUrl: apple.issuerUrl } });
const { app, nobody, clock, db, settle } = server;
const bearer = (token: unknown) => ({ headers: { authorization: `Bearer ${String(token)}` } });

async function signUp(username: string): Promise<string> {
  const body = { ...(await apple.signIn(username, clock.now())), ageBand: '18_plus', acceptedTerms: '2026-11-01' };
  const answer = await nobody.call('signInWithApple', { body: { ...body, username } });
  return String(answer.body.user?.userId);
}
const ban = (userId: string) => db.transaction((tx) => app.accounts.setStanding(tx, userId, { isBanned: true }));
const toAppeal = async (name: string, claims: Record<string, unknown> = {}) =>
  nobody.call('signInToAppealWithApple', { body: await apple.signIn(name, clock.now(), claims) });

test('a banned person without a password appeals and sees why, and does nothing else', async () => {
  const userId = await signUp('anna');
  expect((await toAppeal('anna')).body).toMatchObject({ code: 'account_not_blocked' });
  await ban(userId);
  const { status, body } = await toAppeal('anna');
  expect([status, body.user?.userId]).toEqual([200, userId]);
  const mine = bearer(body.tokens?.accessToken);
  expect((await nobody.call('listMySanctions', mine)).status).toBe(200);
  for (const operationId of ['listChats', 'listTeammates', 'getMyProfile'])
    expect((await nobody.call(operationId, mine)).status).toBe(403);
  expect((await nobody.raw('/v1/realtime', mine)).status).toBe(403);
  const refreshToken = String(body.tokens?.refreshToken);
  expect((await nobody.call('refresh', { body: { refreshToken } })).status).toBe(401);
});

test('only what Apple says just now opens, once, and it makes no account', async () => {
  await ban(await signUp('boris'));
  const token = await apple.signIn('boris', clock.now());
  const other = await apple.signIn('boris', clock.now());
  const call = (body: object) => nobody.call('signInToAppealWithApple', { body });
  expect((await call({ ...token, nonce: other.nonce })).status).toBe(401);
  expect((await toAppeal('boris', { aud: 'app.other' })).status).toBe(401);
  expect((await call(token)).status).toBe(200);
  expect((await call(token)).status).toBe(401);
  expect((await toAppeal('stranger')).body).toMatchObject({ code: 'wrong_credentials' });
});

test('one identity token serves no more guesses at the second factor than a password does', async () => {
  const { body } = await nobody.call('signInWithApple', {
    body: {
      ...(await apple.signIn('dina', clock.now())),
      ageBand: '18_plus',
      acceptedTerms: '2026-11-01',
      username: 'dina',
    },
  });
  const mine = bearer(body.tokens?.accessToken);
  const { body: setup } = await nobody.call('startTotp', { body: {}, ...mine });
  const totp = openTotp(String(setup.secret)).generate({ timestamp: clock.now().getTime() });
  await nobody.call('confirmTotp', { body: { totp }, ...mine });
  await ban(String(body.user?.userId));
  const token = await apple.signIn('dina', clock.now());
  const call = () => nobody.call('signInToAppealWithApple', { body: { ...token, totp: '000000' } });
  for (let i = 0; i < 5; i += 1) expect((await call()).body.code).toBe('wrong_totp');
  expect((await call()).status).toBe(429);
});

test('a second factor is asked for here, too', async () => {
  const body = { ...(await apple.signIn('dora', clock.now())), ageBand: '18_plus', acceptedTerms: '2026-11-01' };
  const { body: made } = await nobody.call('signInWithApple', { body: { ...body, username: 'dora' } });
  const mine = bearer(made.tokens?.accessToken);
  const { body: setup } = await nobody.call('startTotp', { body: {}, ...mine });
  const timestamp = clock.now().getTime();
  const totp = openTotp(String(setup.secret)).generate({ timestamp });
  const { body: saved } = await nobody.call('confirmTotp', { body: { totp }, ...mine });
  await ban(String(made.user?.userId));
  expect((await toAppeal('dora')).body).toMatchObject({ code: 'totp_required' });
  const token = await apple.signIn('dora', clock.now());
  const withCode = { ...token, totp: Object.values(saved.codes ?? {})[0] };
  expect((await nobody.call('signInToAppealWithApple', { body: withCode })).status).toBe(200);
});

test('they delete the account by a fresh sign-in with Apple', async () => {
  const userId = await signUp('clara');
  await ban(userId);
  const early = await toAppeal('clara');
  clock.advance(601);
  const remove = ({ body }: typeof early) =>
    nobody.call('requestDeletion', { body: {}, ...bearer(body.tokens?.accessToken) });
  expect((await remove(early)).body).toMatchObject({ code: 'sign_in_again' });
  expect((await remove(await toAppeal('clara'))).status).toBe(202);
  await settle();
  const account = await db.read
    .selectFrom('accounts')
    .select('state')
    .where('account_id', '=', userId)
    .executeTakeFirstOrThrow();
  expect(account.state).toBe('deleted');
  expect((await toAppeal('clara')).body).toMatchObject({ code: 'wrong_credentials' });
});
