import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { openSocket } from '../helpers/socket.ts';

const { nobody, signUp, url, app } = await startApp({ publicUrl: 'https://soyamate.example' });
const origin = 'https://soyamate.example';
const alice = await signUp('alice');

async function signIn() {
  const body = { login: 'alice', password: alice.password, transport: 'cookie' };
  const answer = await nobody.call('login', { body, headers: { origin } });
  const cookies = answer.headers.getSetCookie();
  return { answer, cookies, cookie: cookies.map((line) => line.split(';')[0]).join('; ') };
}

test('tokens come in cookies that scripts cannot read, and nowhere else', async () => {
  const { answer, cookies } = await signIn();
  expect(answer.status).toBe(200);
  expect(answer.body.tokens).toBeUndefined();
  expect(cookies).toEqual([
    expect.stringMatching(/^soyamate_access=[^;]+; Max-Age=600; Path=\/; HttpOnly; Secure; SameSite=Strict$/),
    expect.stringMatching(
      /^soyamate_refresh=[^;]+; Max-Age=2592000; Path=\/v1\/auth; HttpOnly; Secure; SameSite=Strict$/,
    ),
  ]);
});

test.each([
  undefined,
  'null',
  'https://evil.example',
  'https://soyamate.example.evil.example',
  'http://soyamate.example',
])('no cookies are set for, and none believed from, the origin %s', async (other) => {
  const { cookie } = await signIn();
  const headers: Record<string, string> = other === undefined ? {} : { origin: other };
  const body = { login: 'alice', password: alice.password, transport: 'cookie' };
  const refused = await nobody.call('login', { body, headers });
  expect(refused).toMatchObject({ status: 403, body: { code: 'origin_not_allowed' } });
  expect(refused.headers.getSetCookie()).toEqual([]);
  for (const operation of ['logout', 'endOtherSessions'])
    expect([operation, (await nobody.call(operation, { headers: { cookie, ...headers } })).status]).toEqual([
      operation,
      403,
    ]);
  expect((await nobody.call('refresh', { body: {}, headers: { cookie, ...headers } })).status).toBe(403);
  expect((await nobody.call('getMe', { headers: { cookie, origin } })).status).toBe(200);
});

test('the socket opens with the cookie and the origin of an allowed site only', async () => {
  const { cookie } = await signIn();
  const socket = await openSocket(url, { headers: { cookie, origin } });
  expect(await socket.next('ready')).toMatchObject({ userId: alice.userId });
  socket.close();
  for (const other of [undefined, 'null', 'https://evil.example', 'https://soyamate.example:444']) {
    const headers = { cookie, ...(other !== undefined && { origin: other }) };
    await expect(openSocket(url, { headers })).rejects.toThrow('403');
  }
});

test('a refresh by cookie sets new cookies', async () => {
  const { cookie } = await signIn();
  const answer = await nobody.call('refresh', { body: {}, headers: { cookie, origin } });
  expect(answer.body.tokens).toBeUndefined();
  const renewed = answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  expect((await nobody.call('getMe', { headers: { cookie: renewed } })).body.userId).toBe(alice.userId);
});

test('logout takes the cookies away', async () => {
  const { cookie } = await signIn();
  const answer = await nobody.call('logout', { headers: { cookie, origin } });
  expect(answer.status).toBe(204);
  expect(answer.headers.getSetCookie()).toEqual([
    expect.stringContaining('soyamate_access=; Max-Age=0'),
    expect.stringContaining('soyamate_refresh=; Max-Age=0'),
  ]);
  expect((await nobody.call('getMe', { headers: { cookie } })).status).toBe(401);
});

test('a stale cookie does not keep anybody from signing in', async () => {
  const { cookie } = await signIn();
  await nobody.call('logout', { headers: { cookie, origin } });
  const body = { login: 'alice', password: alice.password };
  expect((await nobody.call('login', { body, headers: { cookie } })).status).toBe(200);
});

test('the document says that a cookie will do', () => {
  expect(JSON.stringify(app.document)).toContain('"cookie":{"type":"apiKey","in":"cookie","name":"soyamate_access"');
});
