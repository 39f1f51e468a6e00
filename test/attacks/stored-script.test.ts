/**
 * D7 of the attack cases: script in what people write, shown to the staff. There is no console of ours: the staff see letters,
 * pages, answers, the log and files, and each must come to a browser as text.
 */
import { describe, expect, test } from 'vitest';
import { layOutMail, type MailBlock } from '#platform/mail-layout.ts';
import { startApp } from '../helpers/app.ts';
import { hasBrowser, startBrowser } from '../helpers/browser.ts';
import { caseAbout, inHours, report } from '../helpers/moderation.ts';
import { scripts } from '../helpers/scripts.ts';
import { hire } from '../helpers/staff.ts';
import { openLink, tryUpload, upload } from '../helpers/uploads.ts';
import { openVerified } from '../helpers/verified.ts';

describe.runIf(hasBrowser)('script that people wrote, in a real browser', async () => {
  if (!hasBrowser) return;
  const server = await startApp();
  const { url, clock, mailsTo, settle } = server;
  const signUp = openVerified(server);
  const mod = await hire(server, 'mod', 'moderator');
  const chief = await hire(server, 'chief');
  const browser = await startBrowser();

  /** Anything that a page does beside being read. */
  async function openPage(token?: string) {
    const context = await browser.newContext(token ? { extraHTTPHeaders: { authorization: `Bearer ${token}` } } : {});
    const page = await context.newPage();
    const deeds: string[] = [];
    page.on('dialog', (dialog) => {
      deeds.push(`dialog ${dialog.message()}`);
      return dialog.dismiss();
    });
    page.on('request', (request) => void deeds.push(request.url()));
    return { page, deeds };
  }

  /** Letters have no policy of ours around them, so nothing in them may be more than text. */
  async function readAsLetter(html: string): Promise<string> {
    const { page, deeds } = await openPage();
    await page.setContent(html, { waitUntil: 'load' });
    await page.mouse.move(200, 200);
    expect(deeds).toEqual([]);
    expect(await page.locator('script, img, svg, iframe, object, embed, form, input, video, math').count()).toBe(0);
    const handlers = await page.evaluate(
      "[...document.querySelectorAll('*')].flatMap((e) => e.getAttributeNames()).filter((name) => name.startsWith('on'))",
    );
    expect(handlers).toEqual([]);
    const text = String(await page.evaluate('document.body.textContent'));
    await page.context().close();
    return text;
  }

  test('the browser runs them where nothing stops it', async () => {
    const { page, deeds } = await openPage();
    await page.setContent(scripts.join('\n'), { waitUntil: 'load' });
    expect(deeds).toContain('dialog 1');
  });

  test('every part of a letter shows them as text', async () => {
    expect(scripts.length).toBeGreaterThanOrEqual(60);
    const blocks: MailBlock[] = scripts.flatMap((text) => [
      { kind: 'text', text },
      { kind: 'quiet', text },
      { kind: 'code', code: text },
      { kind: 'list', items: [text] },
      { kind: 'button', label: text, url: `https://soyamate.example/#${encodeURIComponent(text)}` },
    ]);
    const all = scripts.join(' ');
    const text = await readAsLetter(layOutMail({ subject: all, heading: all, blocks }, 'en').html);
    for (const script of scripts) expect(text.split(script).length - 1).toBeGreaterThanOrEqual(6);
  });

  test('words of a moderator and names of people go by mail as text; a subject is one line', async () => {
    const anna = await signUp('anna');
    const words = scripts.slice(0, 30).join('\r\nBcc: eve@example.com\r\n').slice(0, 2_000);
    const body = { userId: anna.userId, kind: 'mute', reason: 'spam', until: inHours(clock, 1), words };
    expect((await mod.call('imposeSanction', { body })).status).toBe(201);
    const letters = await mailsTo('anna@example.com');
    const letter = letters.at(-1);
    expect(letter?.html).toContain('&lt;script&gt;');
    expect(await readAsLetter(letter?.html ?? '')).toContain(scripts[0]);
    expect(letters.map(({ subject }) => subject).join()).not.toMatch(/[\r\n<]/);
    expect(await mailsTo('eve@example.com')).toEqual([]);
  });

  test('evidence, the queue, the log and its export come as data that no browser takes for a page', async () => {
    const [boris, vera] = [await signUp('boris'), await signUp('vera')];
    const bio = scripts.join(' ').slice(0, 900);
    const displayName = '<svg onload=alert(1)>';
    expect((await boris.call('updateMyProfile', { body: { displayName, bio } })).status).toBe(200);
    await report(vera, { kind: 'user', userId: boris.userId }, { comment: scripts.slice(0, 10).join(' ') });
    const params = await caseAbout(mod, boris);
    await mod.call('addCaseNote', { params, body: { text: scripts.slice(10, 20).join(' ') } });
    const note = scripts.slice(20, 30).join(' ');
    await mod.call('resolveCase', { params, body: { action: 'warn', words: note, note } });
    await chief.call('updateUser', {
      params: { userId: vera.userId },
      body: { role: 'moderator', reason: scripts[0] },
    });
    await settle();
    const paths = [
      `/v1/moderation/cases/${params.caseId}`,
      '/v1/moderation/cases?state=resolved',
      `/v1/moderation/users/${boris.userId}`,
      '/v1/moderation/appeals',
      '/v1/admin/audit-log',
      '/v1/admin/users',
      `/v1/users/${boris.userId}`,
      '/v1/teammates',
      '/openapi.json',
      '/v1/%3Cscript%3Ealert(1)%3C%2Fscript%3E',
    ];
    for (const path of paths) {
      const { page, deeds } = await openPage(chief.token);
      const answer = await page.goto(`${url}${path}`);
      const headers = answer?.headers() ?? {};
      expect([path, headers['content-type']]).toEqual([path, expect.stringMatching(/^application\/(problem\+)?json/)]);
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['content-security-policy']).toContain("default-src 'none'");
      expect(deeds).toEqual([`${url}${path}`]);
      await page.context().close();
    }
    const headers = { authorization: `Bearer ${chief.token}` };
    const log = await fetch(`${url}/v1/admin/audit-log/export`, { headers });
    expect(log.headers.get('content-type')).toBe('application/x-ndjson');
    expect(log.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await log.text()).toContain('<script>');
  });

  test('a file of script is kept on disk and not shown; a page is not taken at all', async () => {
    const grisha = await signUp('grisha');
    const page = Buffer.from(`<!doctype html><title>x</title>${scripts.join('\n')}`);
    const ticket = { kind: 'file', sizeBytes: page.length, name: 'page.html' };
    expect((await grisha.call('startUpload', { body: ticket })).body).toMatchObject({ code: 'file_refused' });
    expect((await tryUpload(grisha, 'file', page, { name: 'page.txt' })).status).toBe(422);
    const text = Buffer.from(`only text ${scripts.join('\n')}`);
    const { url: link } = await upload(grisha, 'file', text, { name: '"><script>alert(1)<script>.txt' });
    const { headers } = await openLink(url, link);
    expect(headers['content-disposition']).toMatch(/^attachment; filename\*=UTF-8''[\w%.-]+$/);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['content-security-policy']).toContain('sandbox');
    const { page: tab, deeds } = await openPage();
    const saved = tab.waitForEvent('download');
    await tab.goto(`${url}${String(link)}`).catch((error: unknown) => expect(String(error)).toContain('Download'));
    await saved;
    expect(deeds).toEqual([`${url}${String(link)}`]);
  });

  test('the page of the document runs what is ours alone', async () => {
    const { page, deeds } = await openPage();
    const answer = await page.goto(`${url}/docs`, { waitUntil: 'networkidle' });
    const policy = answer?.headers()['content-security-policy'] ?? '';
    expect(policy).toMatch(/script-src 'self'/);
    expect(/script-src[^;]*/.exec(policy)?.[0]).not.toMatch(/unsafe|\*|https?:/);
    expect(deeds.filter((deed) => !deed.startsWith(url) && !deed.startsWith('data:'))).toEqual([]);
    expect(deeds.length).toBeGreaterThan(3);
  });
});
