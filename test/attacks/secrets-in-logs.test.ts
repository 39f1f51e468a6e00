import { generateKeyPairSync } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, expect, test } from 'vitest';
import { openTotp } from '../../src/modules/accounts/totp.ts';
import { startApp, type TestApp } from '../helpers/app.ts';
import { BUNDLE_ID, startApple } from '../helpers/apple.ts';
import type { Body } from '../helpers/client.ts';
import { createSecretWatch } from '../helpers/secrets.ts';
import { openVerified } from '../helpers/verified.ts';

const apple = await startApple();
afterAll(() => apple.close());
const pem = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  .privateKey.export({ type: 'pkcs8', format: 'pem' })
  .toString();
const config = {
  apple: { clientIds: [BUNDLE_ID], issuerUrl: apple.issuerUrl, key: { teamId: 'TEAM', keyId: 'KEY', pem } },
};

/** Every way in, out and back, with every secret that plays a part in it. Failures on the way are part of it. */
async function goThroughAll(server: TestApp, name: string, secrets: Set<string>): Promise<void> {
  const { nobody, clock, settle, mailsTo, app, url } = server;
  const keep = (...values: unknown[]) => {
    for (const value of values) if (typeof value === 'string' && value) secrets.add(value);
  };
  const keepTokens = ({ tokens }: Body) => keep(tokens?.accessToken, tokens?.refreshToken);
  const person = await openVerified(server)(name);
  const address = `${name}@example.com`;
  keep(person.password, person.token);
  for (const { code, url: link } of await mailsTo(address)) keep(code, link.split('#')[1]);
  const login = (password: string, more = {}) => nobody.call('login', { body: { login: name, password, ...more } });

  const wrong = 'wrong horse, wrong battery';
  keep(wrong);
  await login(wrong);
  await nobody.call('login', { body: { login: wrong, password: person.password } });
  const { body } = await login(person.password);
  keepTokens(body);
  const { body: renewed } = await nobody.call('refresh', { body: { refreshToken: body.tokens?.refreshToken } });
  keepTokens(renewed);
  const socket = await person.connect();
  socket.send({ op: 'hello', token: person.token });
  socket.close();
  await expect(person.connect(`${person.token}x`)).rejects.toThrow('401');

  const { body: setup } = await person.call('startTotp', { body: { password: person.password } });
  const totp = openTotp(String(setup.secret)).generate({ timestamp: clock.now().getTime() });
  const { body: saved } = await person.call('confirmTotp', { body: { totp } });
  const { body: spare } = await person.call('createRecoveryCodes', { body: { password: person.password } });
  keep(setup.secret, setup.uri, ...Object.values(saved.codes ?? {}), ...Object.values(spare.codes ?? {}));
  await login(person.password, { totp: Object.values(saved.codes ?? {})[0] });

  await person.call('changeEmail', { body: { email: `new.${address}`, password: person.password } });
  const proof = (await mailsTo(`new.${address}`)).at(-1);
  keep(proof?.code, proof?.url.split('#')[1]);
  await nobody.call('verifyEmail', { body: { token: new URLSearchParams(proof?.url.split('#')[1]).get('token') } });
  await nobody.call('requestRecovery', { body: { identifier: name } });
  const recovery = (await mailsTo(`new.${address}`)).findLast((mail) => mail.code);
  const newPassword = `the new sentence of ${name}`;
  keep(recovery?.code, newPassword);
  const reset = { identifier: name, code: recovery?.code, newPassword };
  await nobody.call('resetPassword', { body: reset });
  await nobody.call('resetPassword', { body: reset });

  const token = await apple.signIn(`apple-${name}`, clock.now());
  const profile = { username: `${name}2`, ageBand: '18_plus', acceptedTerms: '2026-11-01' };
  const authorizationCode = `apple-code-of-${name}`;
  keep(token.identityToken, token.nonce, authorizationCode, 'apple-refresh-token');
  const { body: viaApple } = await nobody.call('signInWithApple', {
    body: { ...token, ...profile, authorizationCode },
  });
  keepTokens(viaApple);
  await nobody.call('signInWithApple', { body: { ...token, ...profile } });
  const { body: guest } = await nobody.call('createGuest', { body: {} });
  keepTokens(guest);

  const setupToken = new URLSearchParams((await app.accounts.openSetup(url))?.split('#')[1]).get('token');
  keep(setupToken);
  const admin = { token: setupToken, username: `${name}3`, email: address, password: `the admin sentence of ${name}` };
  keep(admin.password);
  await nobody.call('createFirstAdmin', { body: admin });
  await person.call('requestExport');
  await settle();
}

test('no secret stands in any line of the log, whatever goes well', async () => {
  const server = await startApp(config);
  const secrets = new Set<string>();
  await goThroughAll(server, 'alice', secrets);
  // Passwords, tokens, codes of mail and of the phone, links, Apple's and the setup's.
  expect(secrets.size).toBeGreaterThan(40);
  for (const secret of secrets) expect([secret, server.logLines.join('').includes(secret)]).toEqual([secret, false]);
});

test('nor whatever fails: the database, the mail server, Apple', { timeout: 60_000 }, async () => {
  const server = await startApp(config);
  const { nobody, db, clock, settle, logLines } = server;
  const secrets = new Set<string>();
  const bob = await openVerified(server)('bob');
  const takeAway = (table: string) => sql`alter table ${sql.table(table)} rename to gone`.execute(db.statement);
  const giveBack = (table: string) => sql`alter table gone rename to ${sql.table(table)}`.execute(db.statement);

  await takeAway('sessions');
  const token = await apple.signIn('bob', clock.now());
  const profile = { username: 'bob2', ageBand: '18_plus', acceptedTerms: '2026-11-01' };
  const password = 'a password that meets a fault';
  const { body } = await nobody.call('login', { body: { login: 'bob', password: bob.password } });
  const register = { ...profile, username: 'carol', email: 'carol@example.com', password };
  const failures = [
    body,
    (await nobody.call('register', { body: register })).body,
    (await nobody.call('signInWithApple', { body: { ...token, ...profile } })).body,
    (await nobody.raw('/v1/me', { headers: { authorization: `Bearer ${bob.token}` } })).body,
  ];
  expect(failures.map(({ code }) => String(code))).toEqual(failures.map(() => 'internal_error'));
  await giveBack('sessions');
  await nobody.call('requestRecovery', { body: { identifier: 'bob' } });
  await takeAway('account_codes');
  await settle();
  await giveBack('account_codes');
  for (const secret of [bob.password, bob.token, password, token.identityToken, token.nonce]) secrets.add(secret);

  const deaf = await startApp({ mail: { smtpUrl: 'smtp://user:smtp-password@127.0.0.1:1', from: 'x@localhost' } });
  await deaf.signUp('dave');
  await deaf.settle();
  const { rows } = await sql<{ code: string; url: string }>`
    select payload->'values'->>'code' as code, payload->'values'->>'url' as url from jobs
    where kind = 'accounts.mail'`.execute(deaf.db.read);
  expect(rows).toHaveLength(1);
  for (const { code, url } of rows) for (const text of [code, url.split('#')[1] ?? '']) secrets.add(text);
  secrets.add('smtp-password');
  const lines = [...logLines, ...deaf.logLines].join('\n');
  expect(lines).toContain('a request failed');
  expect(lines).toContain('a job failed');
  for (const secret of secrets) expect([secret, lines.includes(secret)]).toEqual([secret, false]);
});

test('the watch that every test keeps finds a secret that is told', () => {
  const watch = createSecretWatch();
  watch.see({ password: 'a long enough sentence', user: { name: 'alice' }, tokens: { refreshToken: 'abcdefghijkl' } });
  watch.check(['{"msg":"alice signed in"}']);
  expect(() => watch.check(['{"msg":"alice signed in with a long enough sentence"}'])).toThrow('secrets in the log');
  expect(() => watch.check(['{"body":{"refreshToken":"abcdefghijkl"}}'])).toThrow('secrets in the log');
});
