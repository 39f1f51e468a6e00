import { expect, test } from 'vitest';
import { createPasswordRules } from '../../src/modules/accounts/password-rules.ts';
import { createPasswords } from '../../src/modules/accounts/passwords.ts';
import { startApp } from '../helpers/app.ts';
import { openVerified } from '../helpers/verified.ts';

const server = await startApp();
const { nobody, clock, db, mailsTo } = server;
const signUpVerified = openVerified(server);
const login = (name: string, password: string) => nobody.call('login', { body: { login: name, password } });
const rules = createPasswordRules();
const refusalOf = (password: string, names: readonly string[] = ['alice', 'alice@example.com']) => {
  try {
    rules.check(password, names);
    return undefined;
  } catch (error) {
    return (error as { extra: { errors(locale: string): { code: string }[] } }).extra.errors('en')[0]?.code;
  }
};

test.each([
  ['123456789', 'length'],
  ['1234567890', 'common'],
  ['qwertyuiop', 'common'],
  ['QwertyUiop', 'common'],
  ['password123', 'common'],
  ['1q2w3e4r5t', 'common'],
  ['iloveyou123', 'common'],
  ['soyamate2026', 'common'],
  ['пароль12345', 'common'],
  ['Alice12345', 'common'],
  ['alice@example.com', 'common'],
  ['a'.repeat(1_025), 'length'],
  ['я'.repeat(513), 'length'],
  ['correct horse battery', undefined],
  ['ещё одна длинная фраза', undefined],
  ['😀'.repeat(10), undefined],
  ['a'.repeat(900).concat('b'.repeat(124)), undefined],
  [' leading and trailing ', undefined],
])('%s: %s', (password, code) => {
  expect(refusalOf(password)).toBe(code);
});

test('every byte counts, also beyond the 72nd, and none is trimmed', async () => {
  const long = 'x'.repeat(72);
  const alice = await server.signUp('alice');
  await alice.call('changePassword', { body: { currentPassword: alice.password, newPassword: `${long}7a ` } });
  for (const wrong of [`${long}7b `, `${long}7a`, `${long}7A `, long])
    expect([wrong, (await login('alice', wrong)).status]).toEqual([wrong, 401]);
  expect((await login('alice', `${long}7a `)).status).toBe(200);
});

test('the password changes with the present one; other devices are signed out; the owner is told', async () => {
  const bob = await signUpVerified('bob');
  const { body: other } = await login('bob', bob.password);
  const socket = await nobody.connect(String(other.tokens?.accessToken));
  const newPassword = 'a wholly new sentence';
  const wrong = await bob.call('changePassword', { body: { currentPassword: 'wrong password', newPassword } });
  expect(wrong).toMatchObject({ status: 403, body: { code: 'wrong_password' } });
  expect((await bob.call('changePassword', { body: { newPassword } })).status).toBe(403);
  expect((await bob.call('changePassword', { body: { currentPassword: bob.password, newPassword } })).status).toBe(204);
  expect(await socket.closed).toBe(4001);
  expect((await bob.call('getMe')).status).toBe(200);
  expect((await login('bob', newPassword)).status).toBe(200);
  expect((await mailsTo('bob@example.com')).at(-1)?.subject).toBe('Your password was changed');
});

test('five wrong passwords lock an account, known or not; each further one twice as long', async () => {
  const carol = await signUpVerified('carol');
  for (const name of ['carol', 'nobody']) {
    for (let i = 0; i < 5; i += 1) expect((await login(name, 'wrong password')).status).toBe(401);
    const locked = await login(name, 'wrong password');
    expect([name, locked.status, locked.headers.get('retry-after')]).toEqual([name, 429, '60']);
  }
  expect((await login('carol@example.com', carol.password)).status).toBe(429);
  clock.advance(60);
  expect((await login('carol', 'wrong password')).status).toBe(401);
  expect((await login('carol', carol.password)).headers.get('retry-after')).toBe('120');
  expect((await mailsTo('carol@example.com')).map(({ subject }) => subject)).toContain(
    'Somebody is guessing your password',
  );
  clock.advance(120);
  expect((await login('carol', carol.password)).status).toBe(200);
  for (let i = 0; i < 4; i += 1) expect((await login('carol', 'wrong password')).status).toBe(401);
  expect((await login('carol', carol.password)).status).toBe(200);
});

test('of a hundred guesses, twenty at once, five are looked at', async () => {
  await server.signUp('dave');
  const statuses: number[] = [];
  // Fewer at once than are admitted to hashing at all.
  for (let wave = 0; wave < 5; wave += 1) {
    const answers = await Promise.all(Array.from({ length: 20 }, () => login('dave', 'wrong password')));
    statuses.push(...answers.map(({ status }) => status));
  }
  expect(statuses.filter((status) => status === 401)).toHaveLength(5);
  expect(statuses.filter((status) => status === 429)).toHaveLength(95);
});

test('recovery opens a locked account', async () => {
  await signUpVerified('erin');
  for (let i = 0; i < 6; i += 1) await login('erin', 'wrong password');
  await nobody.call('requestRecovery', { body: { identifier: 'erin' } });
  const code = (await mailsTo('erin@example.com')).find(({ subject }) => subject.startsWith('Your login'))?.code;
  const newPassword = 'a wholly new sentence';
  await nobody.call('resetPassword', { body: { identifier: 'erin', code, newPassword } });
  expect((await login('erin', newPassword)).status).toBe(200);
});

test('a hash made with weaker parameters is made anew when its owner signs in', async () => {
  const frank = await server.signUp('frank');
  const weak = await createPasswords({ memoryCost: 8_192, timeCost: 1, parallelism: 1 }).hash(frank.password);
  await db.statement
    .updateTable('accounts')
    .set({ password_hash: weak })
    .where('account_id', '=', frank.userId)
    .execute();
  expect((await login('frank', frank.password)).status).toBe(200);
  const row = await db.read
    .selectFrom('accounts')
    .select('password_hash')
    .where('account_id', '=', frank.userId)
    .executeTakeFirst();
  expect(row?.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect((await login('frank', frank.password)).status).toBe(200);
});

test('a password of more than 1,024 bytes is refused without hashing', async () => {
  for (const password of ['я'.repeat(600), 'x'.repeat(1_025)])
    expect(await nobody.call('login', { body: { login: 'alice', password } })).toMatchObject({ status: 400 });
});
