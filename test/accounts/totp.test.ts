import { expect, test } from 'vitest';
import { openTotp } from '../../src/modules/accounts/totp.ts';
import { type Person, startApp } from '../helpers/app.ts';
import { hire } from '../helpers/staff.ts';
import { openVerified } from '../helpers/verified.ts';

const server = await startApp();
const { nobody, clock, mailsTo, db } = server;
const signUpVerified = openVerified(server);
const login = (person: Person, totp?: string) =>
  nobody.call('login', { body: { login: person.username, password: person.password, ...(totp && { totp }) } });
const codeNow = (secret: string) => openTotp(secret).generate({ timestamp: clock.now().getTime() });

async function switchOn(person: Person) {
  const { body: setup } = await person.call('startTotp', { body: { password: person.password } });
  const secret = String(setup.secret);
  const { status, body } = await person.call('confirmTotp', { body: { totp: codeNow(secret) } });
  expect(status).toBe(200);
  return { secret, codes: Object.values(body.codes ?? {}).map(String), uri: String(setup.uri) };
}

test('once confirmed, sign-in asks for the code, and each code counts once', async () => {
  const alice = await signUpVerified('alice');
  await alice.call('startTotp', { body: { password: alice.password } });
  expect((await login(alice)).status).toBe(200);

  const { secret, uri } = await switchOn(alice);
  expect(uri).toMatch(/^otpauth:\/\/totp\/Soyamate:alice\?issuer=Soyamate&secret=[A-Z2-7]{32}&/);
  expect((await mailsTo('alice@example.com')).at(-1)?.subject).toBe('Two-step sign-in is on');
  expect(await login(alice)).toMatchObject({ status: 401, body: { code: 'totp_required' } });
  expect(await login(alice, codeNow(secret))).toMatchObject({ status: 401, body: { code: 'wrong_totp' } });
  clock.advance(30);
  expect((await login(alice, codeNow(secret))).status).toBe(200);
  expect((await login(alice, codeNow(secret))).status).toBe(401);
  expect((await alice.call('startTotp', { body: { password: alice.password } })).body.code).toBe('totp_already_on');
});

test('wrong codes lock like wrong passwords', async () => {
  const bob = await signUpVerified('bob');
  await switchOn(bob);
  for (let i = 0; i < 5; i += 1) expect((await login(bob, '000000')).status).toBe(401);
  expect((await login(bob, '000000')).status).toBe(429);
});

test('no door lets codes be guessed, whatever is right beside them; the owner is told', async () => {
  const gina = await signUpVerified('gina');
  const { secret } = await switchOn(gina);
  const { password } = gina;
  const guess = () => gina.call('removeTotp', { body: { password, totp: '000000' } });
  for (let i = 0; i < 5; i += 1) {
    expect((await guess()).body.code).toBe('wrong_totp');
    // The right password alone, here or there, forgives no guess.
    expect((await gina.call('createRecoveryCodes', { body: { password } })).status).toBe(201);
    expect((await login(gina)).body.code).toBe('totp_required');
  }
  clock.advance(30);
  expect((await gina.call('removeTotp', { body: { password, totp: codeNow(secret) } })).status).toBe(429);
  expect((await login(gina, codeNow(secret))).status).toBe(429);
  expect((await mailsTo('gina@example.com')).at(-1)?.subject).toBe('Somebody is guessing your sign-in codes');
  clock.advance(60);
  expect((await login(gina, codeNow(secret))).status).toBe(200);
});

test('a saved code replaces the phone once; a new password does not skip the second factor', async () => {
  const carol = await signUpVerified('carol');
  const { codes } = await switchOn(carol);
  await nobody.call('requestRecovery', { body: { identifier: 'carol' } });
  const code = (await mailsTo('carol@example.com')).findLast((mail) => mail.code)?.code;
  const password = 'a wholly new sentence';
  await nobody.call('resetPassword', { body: { identifier: 'carol', code, newPassword: password } });
  const renewed = { ...carol, password };
  expect((await login(renewed)).body.code).toBe('totp_required');
  expect((await login(renewed, codes[0])).status).toBe(200);
  expect((await login(renewed, codes[0])).status).toBe(401);
  const reset = { identifier: 'carol', code: codes[1], newPassword: 'one more sentence' };
  expect((await nobody.call('resetPassword', { body: reset })).status).toBe(422);
});

test('it is switched off with both factors', async () => {
  const dave = await signUpVerified('dave');
  const { secret } = await switchOn(dave);
  const { password } = dave;
  expect((await dave.call('removeTotp', { body: { password } })).body.code).toBe('totp_required');
  clock.advance(30);
  expect((await dave.call('removeTotp', { body: { password: 'wrong', totp: codeNow(secret) } })).status).toBe(403);
  expect((await dave.call('removeTotp', { body: { password, totp: codeNow(secret) } })).status).toBe(204);
  expect((await login(dave)).status).toBe(200);
});

test('the secret is not readable in the database, nor of use on another account', async () => {
  const erin = await signUpVerified('erin');
  const frank = await signUpVerified('frank');
  const { secret } = await switchOn(erin);
  await switchOn(frank);
  const row = await db.read
    .selectFrom('totp')
    .selectAll()
    .where('account_id', '=', erin.userId)
    .executeTakeFirstOrThrow();
  expect(row.secret.toString('latin1')).not.toContain(secret);
  await db.statement.updateTable('totp').set({ secret: row.secret }).where('account_id', '=', frank.userId).execute();
  clock.advance(30);
  expect((await login(frank, codeNow(secret))).status).toBe(500);
});

test('where staff must have it, they are plain users until they do', async () => {
  const strict = await startApp({ environment: 'production' });
  const chief = await hire(strict, 'chief');
  expect((await chief.call('listUsers')).status).toBe(403);
  const { body } = await chief.call('startTotp', { body: { password: chief.password } });
  const totp = openTotp(String(body.secret)).generate({ timestamp: strict.clock.now().getTime() });
  expect((await chief.call('confirmTotp', { body: { totp } })).status).toBe(200);
  expect((await chief.call('listUsers')).status).toBe(200);
});
