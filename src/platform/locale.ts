import Negotiator from 'negotiator';
import type { Locale } from './errors.ts';

/** Russian or English, whichever `Accept-Language` puts first; English when it names neither. */
export function pickLocale(acceptLanguage: string | undefined): Locale {
  if (!acceptLanguage) return 'en';
  const negotiator = new Negotiator({ headers: { 'accept-language': acceptLanguage.slice(0, 500) } });
  return negotiator.language(['en', 'ru']) === 'ru' ? 'ru' : 'en';
}
