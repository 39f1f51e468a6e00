import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { hire } from '../helpers/staff.ts';

const server = await startApp();
const { url, nobody, app } = server;
const get = (path: string, language = 'en') => fetch(`${url}${path}`, { headers: { 'accept-language': language } });

test.each(['/verify-email', '/reset-password'])('%s speaks two languages and runs only what is ours', async (path) => {
  const [english, russian] = [await get(path), await get(path, 'ru-RU,ru;q=0.9')];
  expect([english.status, russian.status]).toEqual([200, 200]);
  expect(english.headers.get('content-type')).toBe('text/html; charset=utf-8');
  const policy = english.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toMatch(/unsafe|\*|https?:/);
  expect(english.headers.get('cache-control')).toBe('no-store');
  expect(english.headers.get('referrer-policy')).toBe('no-referrer');
  const [page, translated] = [await english.text(), await russian.text()];
  expect(page).toContain('<html lang="en">');
  expect(translated).toContain('<html lang="ru">');
  expect(/[а-яё]/i.test(page)).toBe(false);
  expect(/[а-яё]/i.test(translated)).toBe(true);
  // Nothing inline: the policy would stop it.
  expect(page).not.toMatch(/<script>|<style| style=| on\w+=/);
  for (const [, asset = ''] of page.matchAll(/(?:src|href)="(\/[^"]+)"/g)) expect((await get(asset)).status).toBe(200);
});

test.each([`/i/${'A1_-'.repeat(5)}xy`, '/u/Alice.1'])(
  '%s tells everybody the same and nobody anything',
  async (path) => {
    const [english, russian] = [await get(path), await get(path, 'ru')];
    expect([english.status, russian.status]).toEqual([200, 200]);
    expect(english.headers.get('content-security-policy')).not.toMatch(/script|unsafe|\*|https?:/);
    expect(english.headers.get('x-robots-tag')).toBe('noindex');
    expect(english.headers.get('cache-control')).toBe('no-store');
    const [page, translated] = [await english.text(), await russian.text()];
    expect(/[а-яё]/i.test(page)).toBe(false);
    expect(/[а-яё]/i.test(translated)).toBe(true);
    expect(page).not.toMatch(/<script|<style| style=| on\w+=|apps.apple.com|apple-itunes-app/);
    // The same for a link that nobody made: what it leads to is told to people who have signed in.
    expect(page).not.toContain('Alice');
  },
);

test.each([
  '/i/short',
  '/i/%3Cscript%3Ealert(1)%3C%2F',
  '/u/a',
  '/u/%22%3E%3Cimg%20src=x',
  `/u/${'a'.repeat(25)}`,
  '/u/',
])('%s is no link of ours', async (path) => expect((await get(path)).status).toBe(404));

test('a page of a link leads to the store and offers the app with the link', async () => {
  const appStoreUrl = 'https://apps.apple.com/app/id123456';
  const selling = await startApp({ appStoreUrl, publicUrl: 'https://soyamate.example' });
  const page = await (await fetch(`${selling.url}/u/alice`)).text();
  expect(page).toContain(`href="${appStoreUrl}"`);
  expect(page).toContain('content="app-id=123456, app-argument=https://soyamate.example/u/alice"');
});

const admin = { username: 'chief', email: 'chief@example.com', password: 'a long enough sentence' };

test('the first administrator is made by the link, once, and only while there is none', async () => {
  expect((await get('/first-administrator')).status).toBe(404);
  const firstLink = (await app.accounts.openSetup(url)) ?? '';
  const link = (await app.accounts.openSetup(url)) ?? '';
  const [page, fragment] = link.split('#');
  expect(page).toBe(`${url}/first-administrator`);
  expect((await get('/first-administrator')).status).toBe(200);
  const tokenOf = (text = '') => new URLSearchParams(text).get('token') ?? '';
  const token = tokenOf(fragment);
  expect(Buffer.from(token, 'base64url').length).toBeGreaterThanOrEqual(16);

  for (const wrong of [`${token}x`, token.slice(1), tokenOf(firstLink.split('#')[1]), 'x'])
    expect((await nobody.call('createFirstAdmin', { body: { token: wrong, ...admin } })).status).toBe(404);
  const weak = await nobody.call('createFirstAdmin', { body: { token, ...admin, password: 'password123' } });
  expect(weak.status).toBe(400);
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, i) =>
      nobody.call('createFirstAdmin', { body: { token, ...admin, username: `chief${i}` } }),
    ),
  );
  expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
  expect(answers.filter(({ status }) => status === 404)).toHaveLength(9);
  expect((await nobody.call('createFirstAdmin', { body: { token, ...admin } })).status).toBe(404);
  expect((await get('/first-administrator')).status).toBe(404);
  expect(await app.accounts.openSetup(url)).toBeUndefined();
});

test('the link dies when the command line makes an administrator first', async () => {
  const other = await startApp();
  const token = new URLSearchParams((await other.app.accounts.openSetup(other.url))?.split('#')[1]).get('token');
  await hire(other, 'chief');
  const late = { token, ...admin, username: 'second' };
  expect((await other.nobody.call('createFirstAdmin', { body: late })).status).toBe(404);
  expect((await fetch(`${other.url}/first-administrator`)).status).toBe(404);
});
