import { readFileSync } from 'node:fs';
import { Eta } from 'eta';
import type { FastifyInstance } from 'fastify';
import { pickLocale } from '#platform/locale.ts';
import { linkTexts } from './link-texts.ts';

/** No script at all, and nothing that is not ours. */
const POLICY =
  "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** What may stand in the links that people share; anything else is no page. */
const PAGES = [
  { path: '/i/:name', texts: 'invitation', pattern: /^[\w-]{22}$/ },
  { path: '/u/:name', texts: 'person', pattern: /^[A-Za-z0-9][A-Za-z0-9._-]{2,23}$/ },
] as const;

/**
 * Opens the pages of shared links for phones and computers without the app, which takes the same addresses as universal
 * links. Nothing is looked up: a group and a person are shown to people who have signed in, and a page that is the same for
 * every link tells nobody which of them exist.
 */
export function openLinkPages(app: FastifyInstance, { publicUrl, appStoreUrl }: LinkPageOptions): void {
  const eta = new Eta({ autoEscape: true });
  const template = readFileSync(new URL('link.html.eta', import.meta.url), 'utf8');
  const appStoreId = /\/id(\d+)$/.exec(appStoreUrl ?? '')?.[1];
  for (const { path, texts, pattern } of PAGES) {
    app.get<{ Params: { name: string } }>(path, ({ params: { name }, headers }, reply) => {
      if (!pattern.test(name)) return reply.callNotFound();
      const locale = pickLocale(headers['accept-language']);
      const url = `${publicUrl}${path.replace(':name', name)}`;
      const page = { locale, text: linkTexts[locale][texts], common: linkTexts[locale], url, appStoreUrl, appStoreId };
      return reply
        .header('content-security-policy', POLICY)
        .header('x-robots-tag', 'noindex')
        .header('vary', 'accept-language')
        .type('text/html; charset=utf-8')
        .send(eta.renderString(template, page));
    });
  }
}

export type LinkPageOptions = {
  publicUrl: string;
  /** Where the app is to be had; absent: the page does not say. */
  appStoreUrl?: string | undefined;
};
