import { expect, test } from 'vitest';
import { forgetOldFailedJobs } from '#platform/job-queries.ts';
import { createLogger } from '#platform/logger.ts';
import { purge } from '#platform/relay/queries.ts';
import { openTotp } from '../../src/modules/accounts/totp.ts';
import { startApp } from '../helpers/app.ts';
import { openVerified } from '../helpers/verified.ts';

const server = await startApp();
const { app, db, clock, nobody, settle, mailsTo } = server;
const DAY = 86_400;

const count = async (table: 'sessions' | 'sign_in_failures' | 'account_codes' | 'saved_codes') => {
  const all = db.read.selectFrom(table).select((eb) => eb.fn.countAll<number>().as('rows'));
  return (await all.executeTakeFirstOrThrow()).rows;
};
const keepAfter = async (days: number) => {
  clock.advance(days * DAY);
  await app.accounts.keepHouse();
};

test('counts of failed sign-ins go after the quiet day, not before, and a lock that lasts stays', async () => {
  const guess = (login: string) => nobody.call('login', { body: { login, password: 'wrong password' } });
  await guess('somebody');
  await keepAfter(0.9);
  expect(await count('sign_in_failures')).toBe(1);
  await guess('somebody else');
  await keepAfter(0.2);
  expect(await count('sign_in_failures')).toBe(1);
  await db.statement
    .updateTable('sign_in_failures')
    .set({ locked_until: new Date(clock.now().getTime() + 2 * DAY * 1_000) })
    .execute();
  await keepAfter(1.5);
  expect(await count('sign_in_failures')).toBe(1);
  await keepAfter(1);
  expect(await count('sign_in_failures')).toBe(0);
});

test('sessions go thirty days after their end, be it a logout or the time; living ones stay', async () => {
  const alice = await server.signUp('alice');
  await alice.signInAgain().then((other) => other.call('logout'));
  const stays = await alice.signInAgain();
  await keepAfter(29);
  expect(await count('sessions')).toBe(3);
  await db.statement
    .updateTable('sessions')
    .set({ expires_at: new Date(clock.now().getTime() + 100 * DAY * 1_000) })
    .where('session_id', '=', stays.sessionId)
    .execute();
  await keepAfter(1.1);
  expect(await count('sessions')).toBe(2);
  await keepAfter(30);
  expect(await db.read.selectFrom('sessions').select('session_id').execute()).toEqual([
    { session_id: stays.sessionId },
  ]);
});

test('codes go when they are spent or over and their day is; a day that runs still counts', async () => {
  const bob = await openVerified(server)('bob');
  await nobody.call('requestRecovery', { body: { identifier: 'bob' } });
  await settle();
  await keepAfter(0.9);
  expect(
    await db.read.selectFrom('account_codes').select('purpose').where('account_id', '=', bob.userId).execute(),
  ).toHaveLength(2);
  await keepAfter(0.2);
  expect(await count('account_codes')).toBe(0);

  const back = await bob.signInAgain();
  const { body: setup } = await back.call('startTotp', { body: { password: bob.password } });
  const totp = openTotp(String(setup.secret)).generate({ timestamp: clock.now().getTime() });
  const { body } = await back.call('confirmTotp', { body: { totp } });
  const code = Object.values(body.codes ?? {}).map(String)[0];
  const signIn = () => nobody.call('login', { body: { login: 'bob', password: bob.password, totp: code } });
  expect((await signIn()).status).toBe(200);
  await keepAfter(29);
  expect(await count('saved_codes')).toBe(10);
  await keepAfter(1.1);
  expect(await count('saved_codes')).toBe(9);
  expect((await signIn()).status).toBe(401);
  expect(await mailsTo('bob@example.com')).not.toHaveLength(0);
});

test('keys of repeated requests go after two days, dead letters after thirty', async () => {
  const hour = 3_600_000;
  const ago = (hours: number) => new Date(Date.now() - hours * hour);
  for (const [key, hours] of [
    ['old', 49],
    ['young', 47],
  ] as const)
    await db.statement
      .insertInto('idempotency_keys')
      .values({ scope: 'test', key, request_hash: Buffer.alloc(32), created_at: ago(hours) })
      .execute();
  await purge(db.statement, createLogger('silent'));
  expect(await db.read.selectFrom('idempotency_keys').select('key').execute()).toEqual([{ key: 'young' }]);

  for (const days of [31, 29])
    await db.statement
      .insertInto('jobs')
      .values({
        job_id: crypto.randomUUID(),
        kind: `test.${days}`,
        payload: '{}',
        created_at: ago(days * 24),
        run_at: ago(0),
        failed_at: ago(days * 24),
      })
      .execute();
  await forgetOldFailedJobs(db.statement, new Date());
  const left = await db.read.selectFrom('jobs').select('kind').where('kind', 'like', 'test.%').execute();
  expect(left).toEqual([{ kind: 'test.29' }]);
});
