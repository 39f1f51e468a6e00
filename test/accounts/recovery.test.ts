import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { takeTry } from '../../src/modules/accounts/queries/codes.ts';
import { type Person, startApp } from '../helpers/app.ts';
import { openVerified } from '../helpers/verified.ts';

const server = await startApp({ publicUrl: 'https://soyamate.example' });
const { nobody, clock, mailsTo, settle, db } = server;
const signUpVerified = openVerified(server);
const newPassword = 'quite another sentence';

const ask = (identifier: string) => nobody.call('requestRecovery', { body: { identifier } });
const reset = (identifier: string, code: string, password = newPassword) =>
  nobody.call('resetPassword', { body: { identifier, code, newPassword: password } });
const login = (name: string, password: string) => nobody.call('login', { body: { login: name, password } });
async function codeFor(username: string) {
  expect((await ask(username)).status).toBe(202);
  const mail = (await mailsTo(`${username}@example.com`)).at(-1);
  if (!mail?.code) throw new Error('no code came');
  return mail.code;
}

test('a forgotten password is replaced wholly inside the app', async () => {
  const alice = await signUpVerified('alice');
  const socket = await alice.connect();
  const code = await codeFor('alice');
  expect((await reset('alice', `${code.slice(0, 4)} ${code.slice(4)}`)).status).toBe(204);
  expect(await socket.closed).toBe(4001);
  expect((await alice.call('getMe')).status).toBe(401);
  expect((await login('alice', alice.password)).status).toBe(401);
  expect((await login('alice', newPassword)).status).toBe(200);
  expect((await mailsTo('alice@example.com')).at(-1)?.subject).toBe('Your password was reset');
});

test('a forgotten login is told at the verified address, every one of them', async () => {
  const bob = await signUpVerified('bob');
  clock.advance(1);
  await signUpVerified('bob_two', { email: 'bob@example.com' });
  await server.signUp('bob_fake', { email: 'bob@example.com' });
  await settle();
  await ask('BOB@example.com');
  const mail = (await mailsTo('bob@example.com')).at(-1);
  expect(mail?.text).toContain('    bob\n    bob_two\n');
  expect(mail?.text).not.toContain('bob_fake');
  expect(mail?.url).toMatch(/^https:\/\/soyamate\.example\/reset-password#identifier=bob&code=\d{8}$/);

  expect(await reset('bob@example.com', mail?.code ?? '')).toMatchObject({
    status: 409,
    body: { code: 'username_needed' },
  });
  expect((await reset('bob_two', mail?.code ?? '')).status).toBe(204);
  expect((await login('bob_two', newPassword)).status).toBe(200);
  expect((await login('bob', bob.password)).status).toBe(200);
});

test('nobody learns whether an account exists: same answer, no mail', async () => {
  await server.signUp('carol');
  const before = (await mailsTo('carol@example.com')).length;
  const answers = await Promise.all(['carol', 'carol@example.com', 'nobody', 'nobody@example.com'].map(ask));
  for (const { status, body } of answers) expect([status, body]).toEqual([202, undefined]);
  await settle();
  expect(await mailsTo('nobody@example.com')).toEqual([]);
  expect(await mailsTo('carol@example.com')).toHaveLength(before);

  const wrong = await Promise.all([
    reset('carol', '12345678'),
    reset('nobody', '12345678'),
    reset('nobody@example.com', '12345678'),
  ]);
  for (const { status, body } of wrong) expect([status, body.code]).toEqual([422, 'wrong_code']);
});

test('a code works once, ten minutes, and only the newest', async () => {
  await signUpVerified('dave');
  const first = await codeFor('dave');
  const second = await codeFor('dave');
  expect((await reset('dave', first)).status).toBe(422);
  expect((await reset('dave', second)).status).toBe(204);
  expect((await reset('dave', second)).status).toBe(422);
  const third = await codeFor('dave');
  clock.advance(600);
  expect((await reset('dave', third)).status).toBe(422);
});

test('five wrong tries use a code up, also when they come at once', async () => {
  const erin = await signUpVerified('erin');
  const code = await codeFor('erin');
  const wrong = code === '00000000' ? '11111111' : '00000000';
  const guesses = await Promise.all(Array.from({ length: 40 }, () => reset('erin', wrong)));
  for (const { status } of guesses) expect([422, 503]).toContain(status);
  expect((await reset('erin', code)).status).toBe(422);
  const row = await db.read
    .selectFrom('account_codes')
    .select('tries')
    .where('account_id', '=', erin.userId)
    .where('purpose', '=', 'recovery')
    .executeTakeFirst();
  expect(row?.tries).toBe(5);
});

test('fifty uses of a right code at once have one success', async () => {
  await signUpVerified('frank');
  const code = await codeFor('frank');
  const answers = await Promise.all(Array.from({ length: 50 }, (_, i) => reset('frank', code, `${newPassword} ${i}`)));
  expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
});

test('ten codes a day are enough for anybody, and the eleventh request looks the same', async () => {
  await signUpVerified('grace');
  for (let i = 0; i < 11; i += 1) expect((await ask('grace')).status).toBe(202);
  const codes = (await mailsTo('grace@example.com')).filter(({ subject }) => subject.startsWith('Your login'));
  expect(codes).toHaveLength(10);
  clock.advance(86_400);
  await ask('grace');
  expect((await mailsTo('grace@example.com')).filter(({ subject }) => subject.startsWith('Your login'))).toHaveLength(
    11,
  );
});

test('a change of password or of address makes outstanding codes void', async () => {
  const heidi = await signUpVerified('heidi');
  const code = await codeFor('heidi');
  await heidi.call('changePassword', { body: { currentPassword: heidi.password, newPassword } });
  expect((await reset('heidi', code)).status).toBe(422);
});

test('a bad new password uses no code up', async () => {
  await signUpVerified('ivan');
  const code = await codeFor('ivan');
  for (const [password, fault] of [
    ['short', 'length'],
    ['1234567890', 'common'],
    ['ivan ivan!', 'common'],
  ] as const) {
    const answer = await reset('ivan', code, password);
    expect(answer).toMatchObject({ status: 400 });
    expect(answer.body.errors).toContainEqual(expect.objectContaining({ path: '/body/newPassword', code: fault }));
  }
  expect((await reset('ivan', code)).status).toBe(204);
});

test('a saved code opens the account without the mailbox, once, and the others go with it', async () => {
  const judy = await server.signUp('judy');
  expect((await judy.call('createRecoveryCodes', { body: { password: 'wrong' } })).status).toBe(403);
  const { body } = await judy.call('createRecoveryCodes', { body: { password: judy.password } });
  const codes = Object.values(body.codes ?? {}).map(String);
  expect(codes).toHaveLength(10);
  expect(new Set(codes).size).toBe(10);
  expect((await reset('judy', String(codes[3]).toLowerCase())).status).toBe(204);
  expect((await reset('judy', String(codes[3]))).status).toBe(422);
  expect((await reset('judy', String(codes[4]))).status).toBe(422);
  const niaj = await server.signUp('niaj');
  const { body: own } = await niaj.call('createRecoveryCodes', { body: { password: niaj.password } });
  await server.signUp('mallory');
  expect((await reset('mallory', String(Object.values(own.codes ?? {})[5]))).status).toBe(422);
});

test('saved codes that a thief made are told to the owner, and none survives a new password', async () => {
  const makeCode = async ({ call, password }: Person) => {
    const { body } = await call('createRecoveryCodes', { body: { password } });
    return String(Object.values(body.codes ?? {})[0]);
  };
  const olga = await signUpVerified('olga');
  const planted = await makeCode(olga);
  const mail = (await mailsTo('olga@example.com')).at(-1);
  expect(mail?.subject).toBe('New recovery codes were made');
  const { body } = await olga.call('listNotifications');
  expect(JSON.stringify(body.items)).toContain('recovery_codes_made');
  expect((await reset('olga', await codeFor('olga'))).status).toBe(204);
  expect((await mailsTo('olga@example.com')).at(-1)?.text).toContain('Your saved recovery codes are void');
  expect((await reset('olga', planted, 'the words of a thief')).status).toBe(422);

  const peggy = await signUpVerified('peggy');
  const copied = await makeCode(peggy);
  await peggy.call('changePassword', { body: { currentPassword: peggy.password, newPassword } });
  expect((await mailsTo('peggy@example.com')).at(-1)?.text).toContain('Your saved recovery codes are void');
  expect((await reset('peggy', copied, 'the words of a thief')).status).toBe(422);
});

test('a try at a code is written whether there is one or not, so that the commit takes the same time', async () => {
  const quentin = await signUpVerified('quentin');
  await codeFor('quentin');
  for (const accountId of [quentin.userId, '00000000-0000-0000-0000-000000000000'])
    await db.transaction(async (tx) => {
      expect((await takeTry(tx, accountId, 'recovery', 5, clock.now()))?.account_id).toBe(
        accountId === quentin.userId ? accountId : undefined,
      );
      const { rows } = await sql`select pg_current_xact_id_if_assigned() is not null as wrote`.execute(tx);
      expect(rows).toEqual([{ wrote: true }]);
    });
});

test('the mail speaks the language of the account', async () => {
  await signUpVerified('kolya', { locale: 'ru' });
  await ask('kolya');
  const mail = (await mailsTo('kolya@example.com')).at(-1);
  expect(mail?.subject).toBe('Ваш логин и код для нового пароля');
  expect(mail?.text).toContain('действует 10 минут.');
});
