import { expect, test } from 'vitest';
import { clientKindOf } from '../../src/modules/accounts/client-kind.ts';
import { startApp } from '../helpers/app.ts';
import { openVerified } from '../helpers/verified.ts';

const server = await startApp();
const { nobody, mailsTo, clock } = server;
const signUpVerified = openVerified(server);

const firefox = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0';
const newFirefox = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:152.0) Gecko/20100101 Firefox/152.0';
const chrome = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36';
const app = 'Soyamate/31 CFNetwork/3860.100.1 Darwin/25.0.0';

const noticesOf = async (name: string) =>
  (await mailsTo(`${name}@example.com`)).filter(({ subject }) => /new device|нового устройства/.test(subject));
const login = (person: { username: string; password: string }, userAgent: string, deviceName?: string) =>
  nobody.call('login', {
    body: { login: person.username, password: person.password, ...(deviceName && { deviceName }) },
    headers: { 'user-agent': userAgent },
  });

test('a device that the account was never used on is told to its owner once, the first of all not', async () => {
  const alice = await signUpVerified('alice');
  expect(await noticesOf('alice')).toEqual([]);
  await login(alice, firefox);
  const [notice, ...more] = await noticesOf('alice');
  expect(more).toEqual([]);
  expect(notice?.subject).toBe('A new device in your account');
  expect(notice?.text).toMatch(/signed in to alice on .+ UTC on a device .+ \(Firefox, Windows\)/s);
  expect(notice?.html).toContain('Firefox, Windows');

  clock.advance(86_400);
  expect((await login(alice, newFirefox)).status).toBe(200);
  expect(await noticesOf('alice')).toHaveLength(1);
  await login(alice, chrome);
  await login(alice, app, 'iPhone of Alice');
  await login(alice, app, 'another phone');
  expect(await noticesOf('alice')).toHaveLength(4);
  await login(alice, app, 'iPhone of Alice');
  expect(await noticesOf('alice')).toHaveLength(4);
});

test('the letter repeats nothing that whoever signed in has written', async () => {
  const bob = await signUpVerified('bob');
  await login(bob, 'Call +7 900 000-00-00 at once', 'Your prize: https://evil.example');
  const [notice] = await noticesOf('bob');
  expect(notice?.text).toContain('of a kind that we do not know');
  expect(`${notice?.text}${notice?.html}`).not.toMatch(/evil|prize|900/);
});

test('a refresh tells nothing, whatever program asks', async () => {
  const carol = await signUpVerified('carol');
  const { body } = await login(carol, firefox);
  const headers = { 'user-agent': chrome };
  await nobody.call('refresh', { body: { refreshToken: String(body.tokens?.refreshToken) }, headers });
  expect(await noticesOf('carol')).toHaveLength(1);
});

test('the letter speaks the language of the account; other devices see it in the feed', async () => {
  const dora = await signUpVerified('dora');
  await dora.call('updateMe', { body: { locale: 'ru' } });
  await login(dora, chrome);
  const [notice] = await noticesOf('dora');
  expect(notice?.text).toMatch(/вошли .+ UTC с устройства.+\(Chrome, Linux\)/s);
  const { body } = await dora.call('listNotifications');
  expect(body.items?.[0]).toMatchObject({ kind: 'security', code: 'new_device' });
});

test('nobody writes to an address that is not confirmed', async () => {
  const erin = await server.signUp('erin');
  await login(erin, firefox);
  expect(await noticesOf('erin')).toEqual([]);
});

test.each([
  [firefox, 'Firefox, Windows'],
  [chrome, 'Chrome, Linux'],
  [app, 'Soyamate, iOS'],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) AppleWebKit/605.1.15 Version/26.0 Mobile Safari/604.1',
    'Safari, iPhone',
  ],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 Chrome/150.0 Safari/537.36 Edg/150.0',
    'Edge, macOS',
  ],
  [
    'Mozilla/5.0 (Linux; Android 16; K) AppleWebKit/537.36 Chrome/150.0 YaBrowser/26.1 Mobile Safari/537.36',
    'Yandex, Android',
  ],
  ['curl/8.16.0', 'unknown'],
  ['', 'unknown'],
  [undefined, 'unknown'],
])('%s is %s', (userAgent, kind) => {
  expect(clientKindOf(userAgent)).toBe(kind);
});
