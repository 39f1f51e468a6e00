import type { BrowserContextOptions } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { hasBrowser, startBrowser } from '../helpers/browser.ts';
import { signInAs } from '../helpers/staff.ts';

describe.runIf(hasBrowser)('pages behind links, in a real browser', async () => {
  if (!hasBrowser) return;
  const server = await startApp();
  const { url, signUp, mailsTo, nobody, logLines, app } = server;
  const browser = await startBrowser();

  /** Opens a link as it stands in a letter and notes what the browser asks for and complains of. */
  async function open(link: string, options: BrowserContextOptions = {}) {
    const context = await browser.newContext({ locale: 'en-US', ...options });
    const page = await context.newPage();
    const asked: string[] = [];
    const complaints: string[] = [];
    page.on('request', (request) => void asked.push(`${request.method()} ${request.url()}`));
    page.on('console', (message) => void (message.type() === 'error' && complaints.push(message.text())));
    page.on('pageerror', (error) => void complaints.push(String(error)));
    await page.goto(link);
    return { page, asked, complaints };
  }
  /** Letters name PUBLIC_URL; the test server listens elsewhere. */
  const here = (link = '') => `${url}${new URL(link).pathname}${new URL(link).hash}`;

  test('an address is confirmed by a button, and not by opening the link', async () => {
    const alice = await signUp('alice');
    const link = here((await mailsTo('alice@example.com')).at(-1)?.url);
    const secret = new URLSearchParams(link.split('#')[1]).get('token') ?? '';
    const { page, asked, complaints } = await open(link);
    expect(page.url()).toBe(`${url}/verify-email`);
    expect((await alice.call('getMe')).body.isEmailVerified).toBe(false);
    await page.getByRole('button', { name: 'Confirm the address' }).click();
    await page.getByText('Your address is confirmed').waitFor();
    expect((await alice.call('getMe')).body.isEmailVerified).toBe(true);
    expect(complaints).toEqual([]);
    expect(asked.some((request) => request.includes(secret))).toBe(false);
    expect(logLines.some((line) => line.includes(secret))).toBe(false);

    const again = await open(link);
    await again.page.getByRole('button').click();
    await again.page.getByRole('alert').waitFor();
    expect(await again.page.getByRole('alert').textContent()).toMatch(/\w/);
  });

  test('a password is reset on a phone, in Russian, in the dark', async () => {
    const boris = await signUp('boris', { locale: 'ru' });
    const code = (await mailsTo('boris@example.com')).at(-1)?.code;
    await boris.call('verifyEmail', { body: { code } });
    await nobody.call('requestRecovery', { body: { identifier: 'boris' } });
    const link = here((await mailsTo('boris@example.com')).at(-1)?.url);
    const phone = { locale: 'ru-RU', viewport: { width: 360, height: 640 }, colorScheme: 'dark' } as const;
    const { page, complaints } = await open(link, phone);
    expect(await page.getByLabel('Код из письма').isVisible()).toBe(false);
    const width = await page.evaluate('document.documentElement.scrollWidth');
    expect(width).toBeLessThanOrEqual(360);
    const background = await page.evaluate('getComputedStyle(document.body).backgroundColor');
    expect(background).toBe('rgb(21, 23, 28)');

    await page.getByLabel('Новый пароль').fill('short');
    await page.getByRole('button', { name: 'Сохранить пароль' }).click();
    await page.getByText('Новый пароль должен быть не короче 10 символов').waitFor();
    expect(await page.getByLabel('Код из письма').isVisible()).toBe(false);
    await page.getByLabel('Показать пароль').check();
    await page.getByLabel('Новый пароль').fill('совсем другая фраза');
    await page.getByRole('button', { name: 'Сохранить пароль' }).click();
    await page.getByText('Новый пароль сохранён').waitFor();
    await signInAs(server, 'boris', 'совсем другая фраза');
    // The refused try is a 400 that the browser notes by itself.
    expect(complaints.filter((text) => !text.includes('400'))).toEqual([]);
  });

  test('without a fragment the code can be typed; a link to confirm says that it is not complete', async () => {
    const { page } = await open(`${url}/reset-password`);
    expect(await page.getByLabel('Code from the letter').isVisible()).toBe(true);
    const { page: other } = await open(`${url}/verify-email`);
    await other.getByText('This link is not complete').waitFor();
    expect(await other.getByRole('button').isDisabled()).toBe(true);
  });

  test('what stands behind the # is text and nothing else', async () => {
    const { page, complaints } = await open(
      `${url}/reset-password#identifier=${encodeURIComponent('<img src=x onerror=alert(1)>')}&code=1&__proto__=x&newPassword=preset`,
    );
    page.on('dialog', () => void complaints.push('a dialog opened'));
    expect(await page.getByLabel('New password').inputValue()).toBe('');
    await page.getByLabel('New password').fill('a wholly new sentence');
    await page.getByRole('button').click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByLabel('Login or e-mail').inputValue()).toContain('<img');
    expect(await page.locator('img').count()).toBe(0);
    expect(complaints.filter((text) => !/4\d\d/.test(text))).toEqual([]);
  });

  test('the first administrator is made', async () => {
    const link = (await app.accounts.openSetup(url)) ?? '';
    const { page, complaints } = await open(link);
    await page.getByLabel('Login').fill('chief');
    await page.getByLabel('E-mail').fill('chief@example.com');
    await page.getByLabel('Password', { exact: true }).fill('a long enough sentence');
    await page.getByRole('button').click();
    await page.getByText('The administrator is made').waitFor();
    expect(complaints).toEqual([]);
    const chief = await signInAs(server, 'chief', 'a long enough sentence');
    expect((await chief.call('listUsers')).status).toBe(200);
    expect((await open(link)).complaints.join()).toContain('404');
  });

  test.each(['/i/abcdefghijklmnopqrstuv', '/u/alice'])(
    '%s reads well on a small phone and asks for nothing but its style',
    async (path) => {
      const phone = { locale: 'ru-RU', viewport: { width: 320, height: 568 }, colorScheme: 'dark' } as const;
      const { page, asked, complaints } = await open(`${url}${path}`, phone);
      expect(await page.getByRole('heading').textContent()).toMatch(/[а-яё]/);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
      expect(asked).toEqual([`GET ${url}${path}`, `GET ${url}/pages/page.css`]);
      expect(complaints).toEqual([]);
    },
  );

  test('a link that was cut short says so', async () => {
    const { page } = await open(`${url}/verify-email#token=abc`);
    await page.getByRole('button').click();
    await page.getByText('This link does not work').waitFor();
  });
});
