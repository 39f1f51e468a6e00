import { createHmac, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SignJWT } from 'jose';
import { afterAll, describe, expect, test } from 'vitest';
import { loadSigningKeys } from '#modules/accounts/index.ts';
import { openTotp } from '../../src/modules/accounts/totp.ts';
import { type Person, startApp } from '../helpers/app.ts';
import { attackScale } from '../helpers/attack-scale.ts';
import { openSocket } from '../helpers/socket.ts';
import { hire, signInAs } from '../helpers/staff.ts';
import { openVerified } from '../helpers/verified.ts';

const server = await startApp();
const { nobody, signUp, clock, mailsTo, url, dataDir } = server;
const keys = await loadSigningKeys(undefined, dataDir);
const alice = await openVerified(server)('alice');
const chief = await hire(server, 'chief');

const statusOf = async (token: string) => {
  const { status } = await nobody.raw('/v1/me', { headers: { authorization: `Bearer ${token}` } });
  return status;
};
const socketStatusOf = (token: string) =>
  openSocket(url, { headers: { authorization: `Bearer ${token}` } }).then(
    () => 'open',
    (error: Error) => /\d{3}/.exec(error.message)?.[0],
  );
const encode = (value: unknown) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
const decode = (part = '') => JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;
const [header = '', payload = '', signature = ''] = alice.token.split('.');
const aliceHeader = decode(header);

describe('B1: a session that ended takes its sockets with it', () => {
  const ways: [string, (person: Person) => Promise<unknown>][] = [
    ['logout', (person) => person.call('logout')],
    [
      'end by another device',
      async (person) => {
        const other = await signInAs(server, person.username, person.password);
        return other.call('endOtherSessions');
      },
    ],
    [
      'a changed password',
      async (person) => {
        const other = await signInAs(server, person.username, person.password);
        return other.call('changePassword', {
          body: { currentPassword: person.password, newPassword: 'a wholly new sentence' },
        });
      },
    ],
    [
      'a ban',
      (person) =>
        chief.call('updateUser', { params: { userId: person.userId }, body: { state: 'banned', reason: 'x' } }),
    ],
    ['an administrator', (person) => chief.call('endUserSessions', { params: { userId: person.userId } })],
    ['deletion', (person) => person.call('requestDeletion', { body: { password: person.password } })],
  ];
  test.each(ways)('%s', async (way, end) => {
    const person = await signUp(`b1${way.replaceAll(/\W/g, '').slice(0, 20)}`);
    const socket = await person.connect();
    await end(person);
    const endedAt = performance.now();
    expect([4001, 4003]).toContain(await socket.closed);
    // The heartbeat would find it within 25 s; the hint is what makes it soon.
    expect(performance.now() - endedAt).toBeLessThan(5_000);
    expect(await statusOf(person.token)).toBe(401);
    expect(await socketStatusOf(person.token)).toBe('401');
  });
});

test('B2: no forged signature is believed', async () => {
  const { publicKey } = keys.signing(clock.now());
  const jwk = keys.publicJwks[0] ?? {};
  const pem = createPublicKey({ key: jwk, format: 'jwk' }).export({ type: 'spki', format: 'pem' }).toString();
  const der = createPublicKey({ key: jwk, format: 'jwk' }).export({ type: 'spki', format: 'der' });
  expect(publicKey).toBeDefined();
  const secrets = [
    pem,
    ` ${pem}`,
    `\n${pem}`,
    `text ${pem}`,
    pem.trim(),
    der,
    JSON.stringify(jwk),
    String(jwk.x),
    String(jwk.kid),
    '',
  ];
  const hmac = secrets.flatMap((secret) =>
    (['HS256', 'HS384', 'HS512'] as const).map((alg) => {
      const signed = `${encode({ ...aliceHeader, alg })}.${payload}`;
      return `${signed}.${createHmac(alg.replace('HS', 'sha'), secret).update(signed).digest('base64url')}`;
    }),
  );
  const none = ['none', 'None', 'nOnE', 'NONE', '', null, ['ES256'], 0].flatMap((alg) =>
    ['', signature].map((end) => `${encode({ ...aliceHeader, alg })}.${payload}.${end}`),
  );
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const stranger = await new SignJWT(decode(payload))
    .setProtectedHeader({ ...aliceHeader, alg: 'ES256' })
    .sign(privateKey);
  const double = `${encode(`{"alg":"none",${JSON.stringify(aliceHeader).slice(1)}`)}.${payload}.${signature}`;
  const zero = `${header}.${payload}.${Buffer.alloc(64).toString('base64url')}`;
  const changed = `${header}.${encode({ ...decode(payload), role: 'admin' })}.${signature}`;
  const tokens = [...hmac, ...none, stranger, double, zero, changed, `${header}.${payload}.`];
  expect(tokens.length).toBeGreaterThanOrEqual(40);
  for (const token of tokens) expect([token, await statusOf(token)]).toEqual([token, 401]);
});

test('B3: a header chooses neither the key nor where it is fetched', async () => {
  let hits = 0;
  const listener = createServer((_request, response) => {
    hits += 1;
    response.end('{"keys":[]}');
  }).listen(0, '127.0.0.1');
  await once(listener, 'listening');
  afterAll(() => listener.close());
  const mine = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = mine.publicKey.export({ format: 'jwk' });
  const at = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/jwks.json`;
  const kids = [
    "' or 1=1 --",
    '../../dev/null',
    '/dev/null',
    ['a'],
    { a: 1 },
    0,
    null,
    true,
    '',
    ' ',
    'x'.repeat(3_000),
    '__proto__',
    'constructor',
    at,
  ];
  const extras = [
    { jku: at },
    { x5u: at },
    { jwk },
    { x5c: ['AAAA'] },
    { jku: at, jwk },
    { crit: ['b64'], b64: false },
  ];
  const headers = [
    ...kids.map((kid) => ({ ...aliceHeader, kid })),
    ...extras.map((extra) => ({ ...aliceHeader, ...extra })),
    ...extras.map((extra) => ({ alg: 'ES256', typ: 'at+jwt', ...extra })),
  ];
  for (const protectedHeader of headers) {
    const signed = `${encode(protectedHeader)}.${payload}`;
    // By the attacker's key, over this very header: believed by whoever takes the key from it.
    const mark = sign('sha256', Buffer.from(signed), { key: mine.privateKey, dsaEncoding: 'ieee-p1363' });
    const token = `${signed}.${mark.toString('base64url')}`;
    expect([protectedHeader, await statusOf(token)]).toEqual([protectedHeader, 401]);
  }
  expect(hits).toBe(0);
});

describe('B4: six kinds of secrets at six doors', () => {
  type Secrets = Record<Kind, string> & { person: Person };
  const kinds = ['access', 'refresh', 'link', 'mailed code', 'recovery code', 'second factor'] as const;
  type Kind = (typeof kinds)[number];
  let count = 0;

  /** A person with one good secret of each kind. */
  async function equip(): Promise<Secrets> {
    count += 1;
    const username = `swap${count}`;
    const person = await openVerified(server)(username);
    const { body } = await nobody.call('login', { body: { login: username, password: person.password } });
    const { body: setup } = await person.call('startTotp', { body: { password: person.password } });
    const totp = openTotp(String(setup.secret)).generate({ timestamp: clock.now().getTime() });
    const { body: saved } = await person.call('confirmTotp', { body: { totp } });
    await person.call('changeEmail', { body: { email: `${username}@new.example.com`, password: person.password } });
    const proof = (await mailsTo(`${username}@new.example.com`)).at(-1);
    await nobody.call('requestRecovery', { body: { identifier: username } });
    return {
      person,
      access: person.token,
      refresh: String(body.tokens?.refreshToken),
      link: new URLSearchParams(proof?.url.split('#')[1]).get('token') ?? '',
      'mailed code': proof?.code ?? '',
      'recovery code': (await mailsTo(`${username}@example.com`)).at(-1)?.code ?? '',
      'second factor': String(Object.values(saved.codes ?? {})[0]),
    };
  }
  const doors: Record<Kind, (person: Person, secret: string) => Promise<number>> = {
    access: (_person, secret) => statusOf(secret),
    refresh: async (_person, refreshToken) => (await nobody.call('refresh', { body: { refreshToken } })).status,
    link: async (_person, token) => (await nobody.call('verifyEmail', { body: { token } })).status,
    'mailed code': async (person, code) => (await person.call('verifyEmail', { body: { code } })).status,
    'recovery code': async ({ username }, code) => {
      const reset = { identifier: username, code, newPassword: 'a wholly new sentence' };
      return (await nobody.call('resetPassword', { body: reset })).status;
    },
    'second factor': async ({ username, password }, totp) =>
      (await nobody.call('login', { body: { login: username, password, totp } })).status,
  };

  test.each(kinds)('the door for %s takes its own and no other', async (kind) => {
    const { person, ...secrets } = await equip();
    for (const other of kinds.filter((one) => one !== kind)) {
      const status = await doors[kind](person, secrets[other]);
      expect([other, status]).toEqual([other, expect.toBeOneOf([400, 401, 422, 429])]);
    }
    const fresh = await equip();
    expect(await doors[kind](fresh.person, fresh[kind])).toBeLessThan(300);
  });
});

test('B4: claims are checked to the edge', async () => {
  const bob = await signUp('bob');
  const key = keys.signing(clock.now());
  const now = Math.floor(clock.now().getTime() / 1_000);
  const good = { ...decode(payload), iat: now, exp: now + 600 };
  const signClaims = (claims: Record<string, unknown>, typ = 'at+jwt') =>
    new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: key.kid, typ }).sign(key.privateKey);
  expect(await statusOf(await signClaims(good))).toBe(200);
  const wrong: [Record<string, unknown>, string?][] = [
    [{ ...good, aud: 'other' }],
    [{ ...good, aud: undefined }],
    [{ ...good, iss: 'https://evil.example' }],
    [{ ...good, exp: now }],
    [{ ...good, exp: now - 1 }],
    [{ ...good, exp: undefined }],
    [{ ...good, exp: 'later' }],
    [{ ...good, nbf: now + 60 }],
    [{ ...good, sub: bob.userId }],
    [{ ...good, sid: bob.sessionId }],
    [{ ...good, sid: undefined }],
    [{ ...good, sid: "' or 1=1" }],
    [{ ...good, jti: undefined }],
    [good, 'JWT'],
    [good, 'rt+jwt'],
    [good, ''],
  ];
  for (const [claims, typ] of wrong)
    expect([claims, typ, await statusOf(await signClaims(claims, typ))]).toEqual([claims, typ, 401]);
});

test('B5: parallel refreshes leave one live child, and the honest client in', { timeout: 600_000 }, async () => {
  const carol = await signUp('carol');
  const { body } = await nobody.call('login', { body: { login: 'carol', password: carol.password } });
  let spent = String(body.tokens?.refreshToken);
  for (let trial = 0; trial < 50 * attackScale; trial += 1) {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => nobody.call('refresh', { body: { refreshToken: spent } })),
    );
    const children = new Set(answers.map(({ body: answer }) => String(answer.tokens?.refreshToken)));
    expect(children.size).toBe(1);
    const [child = ''] = children;
    const next = await nobody.call('refresh', { body: { refreshToken: child } });
    expect(next.status).toBe(200);
    spent = String(next.body.tokens?.refreshToken);
  }
});

test('B6, R11: what was revoked stays so after a restart and clocks that jump', { timeout: 600_000 }, async () => {
  const revoked: { access: string; refresh: string }[] = [];
  // An account has fifty sessions at most.
  for (let person = 0; person < 5 * attackScale; person += 1) {
    const name = `dave${person}`;
    const { password } = await signUp(name);
    for (let i = 0; i < 40; i += 1) {
      const { body } = await nobody.call('login', { body: { login: name, password } });
      const access = String(body.tokens?.accessToken);
      revoked.push({ access, refresh: String(body.tokens?.refreshToken) });
      if (i % 2 === 0) await nobody.call('logout', { headers: { authorization: `Bearer ${access}` } });
    }
    await (await signInAs(server, name, password)).call('endOtherSessions');
  }
  expect(revoked).toHaveLength(200 * attackScale);
  const restarted = await startApp({}, { beside: server });
  for (const node of [server, restarted]) {
    for (const jump of [0, -3_600, 3_600]) {
      clock.advance(jump);
      for (const { access, refresh } of revoked) {
        const me = await node.nobody.call('getMe', { headers: { authorization: `Bearer ${access}` } });
        const renewed = await node.nobody.call('refresh', { body: { refreshToken: refresh } });
        expect([me.status, renewed.status]).toEqual([401, 401]);
      }
    }
  }
});

test('R11: what was used, ended or locked does not come back when the clock goes back an hour', async () => {
  const jill = await openVerified(server)('jill');
  const login = (totp?: string) =>
    nobody.call('login', { body: { login: 'jill', password: jill.password, ...(totp && { totp }) } });
  const { body: first } = await login();
  const { body: second } = await nobody.call('refresh', { body: { refreshToken: first.tokens?.refreshToken } });
  await nobody.call('refresh', { body: { refreshToken: second.tokens?.refreshToken } });
  await nobody.call('requestRecovery', { body: { identifier: 'jill' } });
  const old = (await mailsTo('jill@example.com')).at(-1)?.code;
  await nobody.call('requestRecovery', { body: { identifier: 'jill' } });
  const code = (await mailsTo('jill@example.com')).at(-1)?.code;
  const reset = (word: string | undefined, newPassword: string) =>
    nobody.call('resetPassword', { body: { identifier: 'jill', code: word, newPassword } });
  expect((await reset(code, jill.password)).status).toBe(204);
  const present = await signInAs(server, 'jill', jill.password);
  const { body: setup } = await present.call('startTotp', { body: { password: jill.password } });
  const codeNow = () => openTotp(String(setup.secret)).generate({ timestamp: clock.now().getTime() });
  const { body: saved } = await present.call('confirmTotp', { body: { totp: codeNow() } });
  clock.advance(30);
  const used = codeNow();
  const spent = String(Object.values(saved.codes ?? {})[0]);
  expect((await login(used)).status).toBe(200);
  expect((await login(spent)).status).toBe(200);

  clock.advance(-3_600);
  for (const word of [old, code]) expect((await reset(word, 'one more sentence')).status).toBe(422);
  expect((await login(used)).status).toBe(401);
  // Codes of the hour that comes again are older than the last one that counted.
  expect((await login(codeNow())).status).toBe(401);
  expect((await login(spent)).status).toBe(401);
  for (const { tokens } of [first, second])
    expect((await nobody.call('refresh', { body: { refreshToken: tokens?.refreshToken } })).status).toBe(401);
  clock.advance(3_600);
});

test('B7: two cut-offs, in either order, leave nothing of before', async () => {
  const erin = await signUp('erin');
  const changePassword = async (from: string, to: string) => {
    const person = await signInAs(server, 'erin', from);
    await person.call('changePassword', { body: { currentPassword: from, newPassword: to } });
    return person;
  };
  const old = await signInAs(server, 'erin', erin.password);
  const keeper = await changePassword(erin.password, 'the second sentence');
  expect(await statusOf(old.token)).toBe(401);
  const another = await signInAs(server, 'erin', 'the second sentence');
  await keeper.call('endOtherSessions');
  expect(await Promise.all([old, another].map(({ token }) => statusOf(token)))).toEqual([401, 401]);
  await changePassword('the second sentence', 'the third sentence');
  expect(await Promise.all([old, another, keeper].map(({ token }) => statusOf(token)))).toEqual([401, 401, 401]);
});

test('B8: a page of another site opens no socket', async () => {
  const site = await startApp({ publicUrl: 'https://soyamate.example' });
  const bob = await site.signUp('bob');
  const open = (origin: string | undefined) =>
    openSocket(site.url, {
      headers: { authorization: `Bearer ${bob.token}`, ...(origin !== undefined && { origin }) },
    }).then(
      ({ close }) => close(),
      () => 'refused',
    );
  for (const origin of [undefined, 'https://soyamate.example'])
    expect([origin, await open(origin)]).toEqual([origin, undefined]);
  for (const origin of [
    'null',
    '',
    'https://evil.example',
    'http://soyamate.example',
    'https://soyamate.example:444',
    'https://soyamate.example.evil.example',
    'https://evilsoyamate.example',
    'https://a.soyamate.example',
    'https://soyamate.example/',
    'HTTPS://SOYAMATE.EXAMPLE',
  ])
    expect([origin, await open(origin)]).toEqual([origin, 'refused']);
});
