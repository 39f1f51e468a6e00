import { readFileSync } from 'node:fs';
import { Eta } from 'eta';
import type { FastifyInstance } from 'fastify';
import type { Locale } from '#platform/errors.ts';
import { pickLocale } from '#platform/locale.ts';
import type { Setup } from '../setup.ts';
import { commonTexts, type PageName, pageCalls, pageNames, pageTexts } from './page-texts.ts';

/** Scripts, styles and calls of our own and nothing else; no form leaves the page by itself. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/**
 * Opens the pages behind links in mail, for browsers; apps take the same addresses as universal links. They hold nothing
 * secret and change nothing: the script of the page reads what stands behind the `#` and calls the API.
 */
export function openPages(app: FastifyInstance, setup: Setup): void {
  const pages = new Map(pageNames.map((name) => [name, renderAll(name)]));
  for (const name of pageNames) {
    app.get(pageCalls[name].path, (request, reply) => {
      if (name === 'firstAdministrator' && !setup.isOpen()) return reply.callNotFound();
      const locale = pickLocale(request.headers['accept-language']);
      return reply
        .header('content-security-policy', POLICY)
        .header('vary', 'accept-language')
        .type('text/html; charset=utf-8')
        .send(pages.get(name)?.[locale]);
    });
  }
  for (const [file, type] of [
    ['page.css', 'text/css; charset=utf-8'],
    ['page.js', 'text/javascript; charset=utf-8'],
  ] as const) {
    const content = readBeside(file);
    app.get(`/pages/${file}`, (_request, reply) =>
      reply.header('cache-control', 'public, max-age=300').type(type).send(content),
    );
  }
}

function renderAll(name: PageName): Record<Locale, string> {
  const eta = new Eta({ autoEscape: true });
  const template = readBeside('page.html.eta');
  const render = (locale: Locale) =>
    eta.renderString(template, {
      locale,
      text: pageTexts[locale][name],
      common: commonTexts[locale],
      call: pageCalls[name],
    });
  return { en: render('en'), ru: render('ru') };
}

const readBeside = (file: string): string => readFileSync(new URL(file, import.meta.url), 'utf8');
