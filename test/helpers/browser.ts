import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { afterAll } from 'vitest';

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);

/** Whether pages can be tried in a real browser here; with `CI` set they must. */
export const hasBrowser = executablePath !== undefined || process.env.CI !== undefined;
if (!hasBrowser) process.stderr.write('SKIPPED: chromium is not installed, so the pages are not tried in a browser\n');

/** A browser without a window; it ends with the test file. */
export async function startBrowser(): Promise<Browser> {
  if (!executablePath) throw new Error('chromium is not installed: apt-get install chromium');
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  afterAll(() => browser.close());
  return browser;
}
