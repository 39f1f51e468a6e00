import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';

const { nobody, signUp, app } = await startApp();

const alice = {
  username: 'Alice',
  email: 'alice@example.com',
  password: 'correct horse battery',
  ageBand: '18_plus',
  acceptedTerms: '2026-11-01',
};

test('a person registers and is signed in', async () => {
  const { status, body } = await nobody.call('register', { body: alice });
  expect(status).toBe(201);
  expect(body.user).toMatchObject({
    username: 'Alice',
    email: 'alice@example.com',
    role: 'user',
    isEmailVerified: false,
  });
  expect(body.tokens?.expiresInSeconds).toBe(600);
  const me = await nobody.call('getMe', { headers: { authorization: `Bearer ${body.tokens?.accessToken}` } });
  expect(me.body).toMatchObject({ userId: body.user?.userId });
});

test('the same registration again signs in to the same account', async () => {
  const carol = { ...alice, username: 'carol', email: 'carol@example.com' };
  const answers = await Promise.all([1, 2, 3].map(() => nobody.call('register', { body: carol })));
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
  expect(new Set(answers.map(({ body }) => body.user?.userId)).size).toBe(1);
});

test('a taken name is refused whatever its case, and so is a retry with another password', async () => {
  await signUp('dave');
  const taken = await nobody.call('register', { body: { ...alice, username: 'DAVE' } });
  expect(taken).toMatchObject({ status: 409, body: { code: 'username_taken' } });
  const body = { ...alice, username: 'dave', email: 'dave@example.com', password: 'not his password' };
  expect(await nobody.call('register', { body })).toMatchObject({ status: 409 });
});

test.each([
  ['no username', { username: undefined }, '/body/username', 'required'],
  ['a short username', { username: 'ab' }, '/body/username', 'length'],
  ['a username with a space', { username: 'al ice' }, '/body/username', 'format'],
  ['a look-alike letter', { username: 'аlice' }, '/body/username', 'format'],
  ['a reserved username', { username: 'Ad_min' }, '/body/username', 'format'],
  ['no address', { email: 'alice' }, '/body/email', 'format'],
  ['a short password', { password: 'short' }, '/body/password', 'length'],
  ['a password of 1,025 bytes', { password: 'я'.repeat(513) }, '/body/password', 'length'],
  ['an own name as password', { username: 'alexandra1', password: 'Alexandra1' }, '/body/password', 'common'],
  ['a number as password', { password: 1234567890 }, '/body/password', 'type'],
  ['a role', { role: 'admin' }, '/body/role', 'unknown_field'],
  ['an unknown age band', { ageBand: '12' }, '/body/ageBand', 'enum'],
  ['NUL in a text', { deviceName: 'a\0b' }, '/body/deviceName', 'text'],
  ['half a surrogate pair', { deviceName: '\ud800' }, '/body/deviceName', 'text'],
])('refuses %s', async (_what, change, path, code) => {
  const { status, body } = await nobody.call('register', { body: { ...alice, username: 'erin', ...change } });
  expect(status).toBe(400);
  expect(body.errors).toContainEqual(expect.objectContaining({ path, code }));
});

test('an old version of the terms is refused', async () => {
  const answer = await nobody.call('register', { body: { ...alice, username: 'frank', acceptedTerms: '2020-01-01' } });
  expect(answer).toMatchObject({ status: 422, body: { code: 'terms_outdated' } });
});

test('the errors speak Russian when asked to', async () => {
  const { body } = await nobody.call('register', {
    body: { ...alice, username: 'ab' },
    headers: { 'accept-language': 'ru-RU' },
  });
  expect(body.title).toBe('Запрос составлен неверно');
  expect(body.errors?.[0]?.detail).toMatch(/символ/);
});

test('an administrator is made by the command line alone', async () => {
  const accountId = await app.accounts.createAdmin({
    username: 'root1',
    email: 'r@example.com',
    password: 'a long password',
  });
  const { body } = await nobody.call('login', { body: { login: 'root1', password: 'a long password' } });
  expect(body.user).toMatchObject({ userId: accountId, role: 'admin' });
  const nonsense = { username: '!!', email: 'bad', password: 'a long password' };
  await expect(app.accounts.createAdmin(nonsense)).rejects.toThrow('Some fields are not valid');
});
