import { inputFault } from '#platform/validation.ts';

/** Names that Intl accepts for other purposes: unknown, pseudo, unions. */
const NO_COUNTRIES = new Set(['ZZ', 'XA', 'XB', 'EU', 'EZ', 'UN', 'QO']);

/** A country by its two letters of ISO 3166-1. Throws a fault for letters that are nobody's. */
export function readCountry(code: string): string {
  if (NO_COUNTRIES.has(code) || !countryNames.of(code)) throw inputFault('/body/country', 'enum', NO_COUNTRY);
  return code;
}

/** Language tags in canonical form, each once. Throws a fault for a tag that names no language. */
export function readLanguages(tags: readonly string[]): string[] {
  const languages = tags.map((tag, i) => {
    const locale = parseLocale(tag);
    if (!locale || !languageNames.of(locale.language)) throw inputFault(`/body/languages/${i}`, 'format', NO_LANGUAGE);
    return locale.baseName;
  });
  return [...new Set(languages)];
}

/** What two variants of a language share: `pt` of `pt-BR`. Expects a canonical tag. */
export const baseLanguage = (tag: string): string => tag.split('-')[0] ?? tag;

/** An IANA zone by its proper name. Throws a fault for offsets and unknown names. */
export function readTimeZone(name: string): string {
  const known = knownZones.get(name.toLowerCase());
  if (known) return known;
  // Links to older or newer names of a zone are known to Intl but not listed by it.
  if (!/^[A-Za-z]/.test(name) || !isTimeZone(name)) throw inputFault('/body/timeZone', 'enum', NO_ZONE);
  return name;
}

const countryNames = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
const languageNames = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });
const knownZones = new Map(Intl.supportedValuesOf('timeZone').map((zone) => [zone.toLowerCase(), zone]));

function parseLocale(tag: string): Intl.Locale | undefined {
  try {
    return new Intl.Locale(tag);
  } catch {
    return undefined;
  }
}

function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}

const NO_COUNTRY = { en: 'is not a country of ISO 3166-1', ru: 'нет такой страны в ISO 3166-1' };
const NO_LANGUAGE = { en: 'is not a language tag of BCP 47', ru: 'это не код языка по BCP 47' };
const NO_ZONE = { en: 'is not a time zone of the IANA database', ru: 'нет такого часового пояса в базе IANA' };
