import { request } from 'node:http';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { attackScale } from '../helpers/attack-scale.ts';
import { hire } from '../helpers/staff.ts';
import { openVerified } from '../helpers/verified.ts';

const server = await startApp({ publicUrl: 'https://soyamate.example' });
const { nobody, signUp, mailsTo, settle, db, clock } = server;
const signUpVerified = openVerified(server);
const newPassword = 'a wholly new sentence';
const recover = (identifier: string, headers: Record<string, string> = {}) =>
  nobody.call('requestRecovery', { body: { identifier }, headers });
const reset = (identifier: string, code: string | undefined) =>
  nobody.call('resetPassword', { body: { identifier, code, newPassword } });
const lastCode = async (name: string) => (await mailsTo(`${name}@example.com`)).at(-1)?.code;
const bare = ({ status, body, headers }: { status: number; body: object | undefined; headers: Headers }) => {
  const names = [...headers.keys()].filter((name) => name !== 'date' && name !== 'x-request-id');
  return { status, body: { ...body, instance: '' }, headers: names.map((name) => [name, headers.get(name)]) };
};

/** `fetch` refuses to set Host; this does not. */
const post = (path: string, host: string, body: object) =>
  new Promise<number>((resolve, reject) => {
    const { hostname, port } = new URL(server.url);
    const target = path.startsWith('http') ? path : `/v1${path}`;
    const sent = request(
      { hostname, port, path: target, method: 'POST', headers: { host, 'content-type': 'application/json' } },
      (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      },
    );
    sent.on('error', reject);
    sent.end(JSON.stringify(body));
  });

test('C1: links in mail come from our address, whatever a request calls itself', async () => {
  await signUpVerified('anna');
  const evil = 'evil.example';
  for (const headers of [
    { 'x-forwarded-host': evil },
    { 'x-forwarded-host': `${evil}, soyamate.example` },
    { 'x-forwarded-proto': 'http' },
    { 'x-forwarded-server': evil },
    { 'x-host': evil },
    { 'x-original-url': `https://${evil}/` },
    { forwarded: `host=${evil};proto=http` },
    { origin: `https://${evil}` },
    { referer: `https://${evil}/` },
  ] as Record<string, string>[])
    expect((await recover('anna', headers)).status).toBe(202);
  await settle();
  await db.statement.updateTable('account_codes').set({ issued_that_day: 1 }).execute();
  for (const host of [evil, `soyamate.example@${evil}`, `${evil}:443`])
    await post('/auth/recovery', host, { identifier: 'anna' });
  // The absolute form of a request line, as proxies get it.
  await post(`http://${evil}/v1/auth/recovery`, evil, { identifier: 'anna' });
  const mails = (await mailsTo('anna@example.com')).filter(({ subject }) => subject.startsWith('Your login'));
  expect(mails.length).toBeGreaterThanOrEqual(12);
  for (const { text, html } of mails) {
    expect(text + html).not.toContain('evil');
    for (const [link] of (text + html).matchAll(/https?:\/\/[^\s"<]+/g))
      expect(link).toMatch(/^https:\/\/soyamate\.example\//);
  }
});

test('C2: a code is worth nothing after a sign-in (the other ways: test/accounts/recovery.test.ts)', async () => {
  const boris = await signUpVerified('boris');
  await recover('boris');
  const code = await lastCode('boris');
  await nobody.call('login', { body: { login: 'boris', password: boris.password } });
  expect(await reset('boris', code)).toMatchObject({ status: 422, body: { code: 'wrong_code' } });
});

test('C3: every outstanding code is void after a change of password or address', async () => {
  const clara = await signUpVerified('clara');
  await recover('clara');
  const code = await lastCode('clara');
  await clara.call('changeEmail', { body: { email: 'clara2@example.com', password: clara.password } });
  const link = await lastCode('clara2');
  expect((await clara.call('changePassword', { body: { currentPassword: clara.password, newPassword } })).status).toBe(
    204,
  );
  expect((await reset('clara', code)).status).toBe(422);
  expect((await clara.call('verifyEmail', { body: { code: link } })).status).toBe(422);
});

test('C4: no order of steps but the right one changes a password', async () => {
  const victim = await signUpVerified('victim');
  const mallory = await signUpVerified('mallory');
  const hashOf = async () => {
    const row = db.read.selectFrom('accounts').select('password_hash').where('account_id', '=', victim.userId);
    return (await row.executeTakeFirstOrThrow()).password_hash;
  };
  const before = await hashOf();
  await mallory.call('changeEmail', { body: { email: 'mallory2@example.com', password: mallory.password } });
  await recover('mallory');
  const own = [await lastCode('mallory'), await lastCode('mallory2'), mallory.sessionId, '00000000', victim.userId];
  const steps = fc.constantFrom(
    () => recover('victim'),
    () => recover('victim@example.com'),
    () => reset('victim', own[0]),
    () => reset('victim@example.com', own[1]),
    () => reset('victim', own[3]),
    () => reset(victim.userId, own[0]),
    () => mallory.call('verifyEmail', { body: { code: own[0] } }),
    () => nobody.call('verifyEmail', { body: { token: `${own[2]}` } }),
    () => mallory.call('changePassword', { body: { newPassword } }),
    () => nobody.call('resetPassword', { body: { identifier: 'victim', newPassword } }),
  );
  const walks = fc.sample(fc.array(steps, { minLength: 1, maxLength: 3 }), { numRuns: 100, seed: 4 });
  for (const walk of walks) for (const step of walk) expect((await step()).status).not.toBe(204);
  expect(await hashOf()).toBe(before);
});

describe('C5: look-alike addresses', () => {
  test('mail goes to the stored address', async () => {
    await signUpVerified('kate');
    const mails = async () => (await mailsTo('kate@example.com')).length;
    const before = await mails();
    await recover('\u212Aate@example.com');
    expect(await mails()).toBe(before + 1);
    for (const twin of [
      'kate@example.com ',
      ' kate@example.com',
      'kate+x@example.com',
      'k.ate@example.com',
      'ｋate@example.com',
      'kate@exаmple.com',
      'kaẗe@example.com',
    ])
      await recover(twin);
    expect(await mails()).toBe(before + 1);
  });

  test.each([
    'mıke@example.com',
    '\u212Aate@example.com',
    'ｋate@example.com',
    'kate@exаmple.com',
    'kate@example.com ',
    'a@b@example.com',
    'a\r\nb@example.com',
  ])('nobody registers %j', async (email) => {
    const body = { username: 'twin', email, password: newPassword, ageBand: '18_plus', acceptedTerms: '2026-11-01' };
    expect((await nobody.call('register', { body })).status).toBe(400);
  });
});

test('C6: answers tell nothing of who exists (times: bench/login-timing.ts)', async () => {
  await signUpVerified('lena');
  const pairs = [
    [await recover('lena'), await recover('lenb')],
    [await recover('lena@example.com'), await recover('lenb@example.com')],
    [await reset('lena', '00000000'), await reset('lenb', '00000000')],
    [
      await nobody.call('login', { body: { login: 'lena', password: 'wrong password' } }),
      await nobody.call('login', { body: { login: 'lenb', password: 'wrong password' } }),
    ],
  ] as const;
  for (const [known, unknown] of pairs) expect(bare(known)).toEqual(bare(unknown));
  const register = (username: string, email: string) =>
    nobody.call('register', {
      body: { username, email, password: newPassword, ageBand: '18_plus', acceptedTerms: '2026-11-01' },
    });
  const [taken, free] = [await register('lenc', 'lena@example.com'), await register('lend', 'lend@example.com')];
  expect([taken.status, Object.keys(taken.body)]).toEqual([free.status, Object.keys(free.body)]);
});

test('C7: neither a dead mail server nor a lock tells who exists', async () => {
  const deaf = await startApp({ mail: { smtpUrl: 'smtp://127.0.0.1:1', from: 'Soyamate <noreply@localhost>' } });
  const mia = await deaf.signUp('mia');
  await deaf.db.statement
    .updateTable('accounts')
    .set({ email_verified_at: new Date() })
    .where('account_id', '=', mia.userId)
    .execute();
  const ask = (identifier: string) => deaf.nobody.call('requestRecovery', { body: { identifier } });
  expect(bare(await ask('mia'))).toEqual(bare(await ask('nobody')));
  const guess = (login: string) => deaf.nobody.call('login', { body: { login, password: 'wrong password' } });
  for (let i = 0; i < 7; i += 1) expect(bare(await guess('mia'))).toEqual(bare(await guess('nobody')));
});

test('C8: five guesses of a code are all, however many come at once', { timeout: 60_000 }, async () => {
  const nina = await signUpVerified('nina');
  await recover('nina');
  const code = await lastCode('nina');
  const guesses = Array.from({ length: 1_000 * attackScale }, (_, i) => String(i).padStart(8, '0'));
  await Promise.all(guesses.map((guess) => reset('nina', guess)));
  const row = await db.read
    .selectFrom('account_codes')
    .select('tries')
    .where('account_id', '=', nina.userId)
    .where('purpose', '=', 'recovery')
    .executeTakeFirstOrThrow();
  expect(row.tries).toBe(5);
  expect((await reset('nina', code)).status).toBe(422);
});

test('C11: a ban closes every door', async () => {
  const chief = await hire(server, 'chief');
  const oleg = await signUpVerified('oleg');
  const { body } = await nobody.call('login', { body: { login: 'oleg', password: oleg.password } });
  const { body: saved } = await oleg.call('createRecoveryCodes', { body: { password: oleg.password } });
  await recover('oleg');
  const code = await lastCode('oleg');
  await chief.call('updateUser', { params: { userId: oleg.userId }, body: { state: 'banned', reason: 'cheats' } });
  expect((await nobody.call('login', { body: { login: 'oleg', password: oleg.password } })).status).toBe(403);
  expect((await nobody.call('refresh', { body: { refreshToken: String(body.tokens?.refreshToken) } })).status).toBe(
    401,
  );
  expect((await reset('oleg', code)).status).toBe(422);
  expect((await reset('oleg', String(saved.codes?.[0]))).status).toBe(422);
  const mails = (await mailsTo('oleg@example.com')).length;
  await recover('oleg');
  expect(await mailsTo('oleg@example.com')).toHaveLength(mails);
  expect((await oleg.call('getMe')).status).toBe(401);
  await expect(oleg.connect()).rejects.toThrow('401');
  const upgrade = {
    username: 'oleg2',
    email: 'o@example.com',
    password: newPassword,
    ageBand: '18_plus',
    acceptedTerms: '2026-11-01',
  };
  expect((await oleg.call('register', { body: upgrade })).status).toBe(401);
});

test('C11: a lock closes every door that asks for the password, to the right one too', async () => {
  const { mailsTo: mails } = server;
  const rita = await signUpVerified('rita');
  const { password } = rita;
  await nobody.call('login', { body: { login: 'rita', password } });
  for (let i = 0; i < 5; i += 1)
    await rita.call('changePassword', { body: { currentPassword: 'wrong password', newPassword } });
  const doors = [
    await nobody.call('login', { body: { login: 'rita', password } }),
    await nobody.call('login', { body: { login: 'RITA@example.com', password } }),
    await rita.call('changePassword', { body: { currentPassword: password, newPassword } }),
    await rita.call('changeEmail', { body: { email: 'rita2@example.com', password } }),
    await rita.call('createRecoveryCodes', { body: { password } }),
    await rita.call('startTotp', { body: { password } }),
    await rita.call('removeTotp', { body: { password, totp: '000000' } }),
    await rita.call('requestDeletion', { body: { password } }),
  ];
  expect(doors.map(({ status }) => status)).toEqual(doors.map(() => 429));
  expect(await mails('rita2@example.com')).toEqual([]);
});

test('C11: who is suspended comes in by no door either, and keeps none', async () => {
  const chief = await hire(server, 'warden');
  const ulla = await signUpVerified('ulla');
  const { body } = await nobody.call('login', { body: { login: 'ulla', password: ulla.password } });
  const socket = await ulla.connect();
  const change = (state: string) =>
    chief.call('updateUser', { params: { userId: ulla.userId }, body: { state, reason: 'a pause' } });
  await change('suspended');
  expect(await socket.closed).toBe(4003);
  expect((await nobody.call('refresh', { body: { refreshToken: String(body.tokens?.refreshToken) } })).status).toBe(
    401,
  );
  expect((await ulla.call('getMe')).status).toBe(401);
  await expect(ulla.connect()).rejects.toThrow('401');
  // A new password is theirs to set; it opens nothing while the pause lasts.
  await recover('ulla');
  await reset('ulla', await lastCode('ulla'));
  const login = (password: string) => nobody.call('login', { body: { login: 'ulla', password } });
  expect((await login(newPassword)).status).toBe(403);
  await change('active');
  expect((await login(newPassword)).status).toBe(200);
  expect((await ulla.call('getMe')).status).toBe(401);
});

test('C12: long passwords are refused before they cost anything; no byte of a shorter one is dropped', async () => {
  await signUp('pavel');
  const long = `${'long enough '.repeat(6)}A`;
  expect(Buffer.byteLength(long)).toBe(73);
  const body = { username: 'polina', email: 'p@example.com', ageBand: '18_plus', acceptedTerms: '2026-11-01' };
  expect((await nobody.call('register', { body: { ...body, password: long } })).status).toBe(201);
  const tryOut = (password: string) => nobody.call('login', { body: { login: 'polina', password } });
  expect((await tryOut(`${long.slice(0, -1)}B`)).status).toBe(401);
  expect((await tryOut(long.slice(0, -1))).status).toBe(401);
  expect((await tryOut(long)).status).toBe(200);
  for (const password of ['x'.repeat(1_025), 'я'.repeat(513), 'x'.repeat(60_000)]) {
    expect((await nobody.call('login', { body: { login: 'pavel', password } })).status).toBe(400);
    expect(
      (await nobody.call('resetPassword', { body: { identifier: 'pavel', code: '12345678', newPassword: password } }))
        .status,
    ).toBe(400);
  }
  expect((await nobody.call('login', { body: { login: 'pavel', password: 'x'.repeat(1_000_000) } })).status).toBe(413);
  const tries = await db.read.selectFrom('sign_in_failures').select('failures').execute();
  clock.advance(0);
  expect((await nobody.call('login', { body: { login: 'pavel', password: 'a\0b' } })).status).toBe(400);
  expect(await db.read.selectFrom('sign_in_failures').select('failures').execute()).toEqual(tries);
});
