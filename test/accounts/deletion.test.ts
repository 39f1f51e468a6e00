import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { hire } from '../helpers/staff.ts';
import { openVerified } from '../helpers/verified.ts';

const server = await startApp();
const { nobody, signUp, clock, mailsTo, db, settle } = server;
const signUpVerified = openVerified(server);
const login = (name: string, password: string) => nobody.call('login', { body: { login: name, password } });

/** Whether a text stands anywhere in a row that the accounts module owns. */
async function isKept(text: string): Promise<boolean> {
  for (const table of ['accounts', 'sessions', 'account_codes', 'saved_codes', 'totp', 'assisted_recoveries', 'jobs']) {
    const { rows } = await sql`select 1 from ${sql.table(table)} as t where t::text ilike ${`%${text}%`}`.execute(
      db.read,
    );
    if (rows.length > 0) return true;
  }
  return false;
}

test('an account is deleted with the password: sessions end, nothing personal is left, the name is free', async () => {
  const alice = await signUpVerified('alice');
  const socket = await alice.connect();
  expect((await alice.call('requestDeletion', { body: { password: 'wrong' } })).status).toBe(403);
  expect((await alice.call('requestDeletion', { body: {} })).status).toBe(403);
  expect((await alice.call('requestDeletion', { body: { password: alice.password } })).status).toBe(202);
  expect(await socket.closed).toBe(4001);
  expect((await login('alice', alice.password)).status).toBe(401);
  expect((await mailsTo('alice@example.com')).at(-1)?.subject).toBe('Your account has been deleted');
  await settle();
  expect(await isKept('alice')).toBe(false);
  expect((await signUp('alice')).userId).not.toBe(alice.userId);
});

test('a grace period can be taken back until it ends', async () => {
  const bob = await signUpVerified('bob');
  const { body } = await bob.call('requestDeletion', { body: { password: bob.password, graceDays: 7 } });
  const due = new Date(String(body.dueAt)).getTime();
  expect(due - clock.now().getTime()).toBe(7 * 86_400_000);
  expect((await bob.call('getMe')).body.deletionAt).toBe(body.dueAt);
  expect((await mailsTo('bob@example.com')).at(-1)?.subject).toBe('Your account will be deleted');
  expect((await bob.call('cancelDeletion')).status).toBe(204);
  clock.advance(7 * 86_400);
  await settle();
  const { body: back } = await login('bob', bob.password);
  const headers = { authorization: `Bearer ${back.tokens?.accessToken}` };

  await nobody.call('requestDeletion', { body: { password: bob.password, graceDays: 1 }, headers });
  clock.advance(86_399);
  await settle();
  expect((await login('bob', bob.password)).status).toBe(200);
  clock.advance(1);
  await settle();
  expect((await login('bob', bob.password)).status).toBe(401);
});

test('a ban outlives the account by a hash of its address', async () => {
  const chief = await hire(server, 'chief');
  const carol = await signUpVerified('carol');
  await carol.call('requestDeletion', { body: { password: carol.password, graceDays: 1 } });
  await chief.call('updateUser', { params: { userId: carol.userId }, body: { state: 'banned', reason: 'cheats' } });
  clock.advance(86_400);
  await settle();
  expect(await isKept('carol')).toBe(false);
  // The same answer as for any other address, but no letter.
  await signUp('carol_again', { email: 'Carol@example.com' });
  expect(await mailsTo('Carol@example.com')).toEqual([]);
});

test('a code from before the ban proves nothing after the banned account is gone', async () => {
  const warden = await hire(server, 'warden');
  const dan = await signUpVerified('dan');
  const early = await signUp('dan_early', { email: 'Dan@example.com' });
  const code = (await mailsTo('Dan@example.com')).at(-1)?.code;
  await warden.call('updateUser', { params: { userId: dan.userId }, body: { state: 'banned', reason: 'cheats' } });
  const { body } = await nobody.call('signInToAppeal', { body: { login: 'dan', password: dan.password } });
  const headers = { authorization: `Bearer ${body.tokens?.accessToken}` };
  await nobody.call('requestDeletion', { body: { password: dan.password }, headers });
  expect((await login('dan', dan.password)).status).toBe(401);
  expect(await early.call('verifyEmail', { body: { code } })).toMatchObject({
    status: 403,
    body: { code: 'account_blocked' },
  });
});

test('the last administrator cannot leave', async () => {
  const lonely = await startApp();
  const chief = await hire(lonely, 'chief');
  const answer = await chief.call('requestDeletion', { body: { password: chief.password } });
  expect(answer).toMatchObject({ status: 409, body: { code: 'last_admin' } });
});
