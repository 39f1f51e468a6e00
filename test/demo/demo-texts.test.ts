import { readdirSync, readFileSync } from 'node:fs';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { describe, expect, it } from 'vitest';

const folder = new URL('../../data/demo/', import.meta.url);
const readJson = (file: string): unknown => JSON.parse(readFileSync(new URL(file, folder), 'utf8'));

const regions = [
  'europe',
  'cis',
  'north_america',
  'south_america',
  'middle_east',
  'south_asia',
  'east_asia',
  'southeast_asia',
  'oceania',
] as const;
const weight = Type.Integer({ minimum: 1 });
const sentences = Type.Array(Type.String({ minLength: 2, maxLength: 120 }), { minItems: 3, uniqueItems: true });
const words = Type.Array(Type.String({ pattern: '^\\S{1,20}$' }), { minItems: 10, uniqueItems: true });
const patterns = Type.Array(Type.Object({ pattern: Type.String(), weight }), { minItems: 1 });

const audiences = Value.Parse(
  Type.Array(
    Type.Object({
      locale: Type.String(),
      weight,
      text: Type.String(),
      namePools: Type.Array(Type.Object({ pool: Type.String(), weight }), { minItems: 1 }),
      languages: Type.Array(Type.Object({ tags: Type.Array(Type.String(), { minItems: 1 }), weight }), { minItems: 1 }),
      places: Type.Array(
        Type.Object({
          country: Type.String({ pattern: '^[A-Z]{2}$' }),
          region: Type.Enum(regions),
          weight,
          timeZones: Type.Array(Type.Object({ name: Type.String(), weight }), { minItems: 1 }),
        }),
        { minItems: 1 },
      ),
    }),
  ),
  readJson('audiences.json'),
);

const pools = Value.Parse(
  Type.Record(
    Type.String(),
    Type.Object({
      parts: Type.Record(Type.String(), Type.Union([words, Type.Record(Type.String(), words)])),
      displayNames: patterns,
      usernames: Type.Optional(patterns),
    }),
  ),
  readJson('names.json'),
);

const textSchema = Type.Object({
  language: Type.String(),
  bio: Type.Object({ opening: sentences, style: sentences, schedule: sentences, wish: sentences }),
  partyTitles: sentences,
  partyNotes: sentences,
  requestNotes: sentences,
  dialogues: Type.Array(Type.Array(Type.String({ minLength: 1 }), { minItems: 2 }), { minItems: 2 }),
});

const texts = readdirSync(new URL('texts/', folder)).map((file) => ({
  file,
  text: Value.Parse(textSchema, readJson(`texts/${file}`)),
}));

function listOf(pool: string, part: string): string[] {
  const [group = '', name = ''] = part.split('.');
  const found = pools[pool]?.parts[group];
  if (found === undefined) throw new Error(`${pool} has no ${part}`);
  const list = Array.isArray(found) ? found : found[name];
  if (list === undefined) throw new Error(`${pool} has no ${part}`);
  return list;
}

/** The longest name that a pattern can give, each part filled with its longest word. */
function fillLongest(pool: string, pattern: string): string {
  return pattern.replace(
    /\{([\w.]+)\}/g,
    (_match, part: string) => listOf(pool, part).toSorted((a, b) => b.length - a.length)[0] ?? '',
  );
}

describe('demo audiences', () => {
  it('use language tags, countries and time zones that exist', () => {
    const countries = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
    for (const { locale, languages, places } of audiences) {
      const tags = [locale, ...languages.flatMap((language) => language.tags)];
      expect(Intl.getCanonicalLocales(tags)).toEqual([...new Set(tags)]);
      for (const { country, timeZones } of places) {
        expect(countries.of(country), country).toBeDefined();
        for (const { name } of timeZones) expect(() => new Intl.DateTimeFormat('en', { timeZone: name })).not.toThrow();
      }
    }
  });

  it('cover every region, and name texts and pools that exist', () => {
    expect(new Set(audiences.flatMap(({ places }) => places.map(({ region }) => region)))).toEqual(new Set(regions));
    const languages = new Set(texts.map(({ text }) => text.language));
    expect(new Set(audiences.map(({ text }) => text))).toEqual(languages);
    expect(new Set(audiences.flatMap(({ namePools }) => namePools.map(({ pool }) => pool)))).toEqual(
      new Set(Object.keys(pools)),
    );
  });
});

describe('demo names', () => {
  it('fit into a card, whatever is drawn', () => {
    for (const [pool, { displayNames }] of Object.entries(pools)) {
      for (const { pattern } of displayNames)
        expect(fillLongest(pool, pattern).length, pattern).toBeLessThanOrEqual(32);
    }
  });

  it('make usernames of Latin letters, digits and underscores', () => {
    for (const [pool, { usernames = [] }] of Object.entries(pools)) {
      for (const { pattern } of usernames) {
        expect(fillLongest(pool, pattern).toLowerCase(), pattern).toMatch(/^[a-z0-9_]{3,32}$/);
        for (const [, part = ''] of pattern.matchAll(/\{([\w.]+)\}/g)) {
          for (const word of listOf(pool, part)) expect(word).toMatch(/^[A-Za-z0-9]+$/);
        }
      }
    }
  });
});

describe('demo texts', () => {
  it.each(texts)('$file is named after its language and fills games into openings only', ({ file, text }) => {
    expect(file).toBe(`${text.language}.json`);
    expect(Intl.getCanonicalLocales(text.language)).toEqual([text.language]);
    const { opening, ...others } = text.bio;
    expect(opening.some((sentence) => sentence.includes('{game}'))).toBe(true);
    const rest = [
      ...Object.values(others),
      text.partyTitles,
      text.partyNotes,
      text.requestNotes,
      ...text.dialogues,
    ].flat();
    expect(rest.filter((sentence) => /[{}]/.test(sentence))).toEqual([]);
  });

  it.each(texts)('$file has whole sentences in bios and notes', ({ text }) => {
    const whole = [...Object.values(text.bio), text.partyNotes, text.requestNotes].flat();
    expect(whole.filter((sentence) => !/[.!?…。！？]$/.test(sentence))).toEqual([]);
  });
});
