import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { russian } from '../../src/modules/moderation/text/alphabets.ts';
import { hasLink } from '../../src/modules/moderation/text/find-link.ts';
import { findProfanity } from '../../src/modules/moderation/text/find-profanity.ts';
import { createLexicon } from '../../src/modules/moderation/text/lexicon.ts';
import { readWords } from '../../src/modules/moderation/text/words.ts';

type Sample = { language: 'ru' | 'en'; text: string; isProfane: boolean };

const samples = JSON.parse(readFileSync(new URL('text-samples.json', import.meta.url), 'utf8')) as Sample[];

test.each(['ru', 'en'] as const)('the labelled samples in %s: precision and recall', (language) => {
  const some = samples.filter((sample) => sample.language === language);
  const isFound = ({ text }: Sample) => findProfanity(text).length > 0;
  const profane = some.filter(({ isProfane }) => isProfane);
  const found = some.filter(isFound);
  const right = profane.filter(isFound);
  expect(some.length).toBeGreaterThan(200);
  expect(some.length - profane.length).toBeGreaterThan(100);
  expect(right.length / profane.length).toBeGreaterThanOrEqual(0.97);
  expect(right.length / found.length).toBeGreaterThanOrEqual(0.97);
});

test('words that are the same with each letter once stand beside each other', () => {
  const find = createLexicon(russian, [
    { text: 'бос', where: 'word', meaning: 'once' },
    { text: 'босс', where: 'word', meaning: 'twice' },
  ]);
  expect(find('бос и босс').map(({ meaning }) => meaning)).toEqual(['once', 'once']);
  const reversed = createLexicon(russian, [
    { text: 'босс', where: 'word', meaning: 'twice' },
    { text: 'бос', where: 'word', meaning: 'once' },
  ]);
  expect(reversed('бос и босс').map(({ meaning }) => meaning)).toEqual(['once', 'twice']);
});

test('what is found says where it stands', () => {
  const text = 'ну п.и.з.д.а же, и fuck тоже';
  const found = findProfanity(text).map(({ start, end }) => text.slice(start, end));
  expect(found).toContain('п.и.з.д.а');
  expect(found).toContain('fuck');
});

test.each([
  ['carol_a8e6268e', false],
  ['carol_e6ace2bb', false],
  ['bob_c92e6245', false],
  ['guest6_eee3b47f', false],
  ['pidoras99', true],
  ['cyka2010', true],
  ['xX_хуй228_Xx', true],
  ['пи3да2', true],
])('a name of letters and digits, %s: found %s', (name, expected) => {
  expect(findProfanity(name).length > 0).toBe(expected);
});

test('the words of a text grow with its length, no faster, and each is bounded', () => {
  for (const unit of ['а', 'х у ', '*', 'a.', 'е\u0301', 'п*', 'ху-', '1 ']) {
    const sizes = [1_000, 10_000].map((count) => {
      const words = readWords(unit.repeat(count), russian);
      for (const { letters } of words) expect(letters.length).toBeLessThanOrEqual(200);
      return words.length;
    });
    expect(sizes[1]).toBeLessThanOrEqual((sizes[0] ?? 0) * 10 + 10);
  }
});

test.each([
  ['https://a.example', true],
  ['см. t.me/abc', true],
  ['пиши на alice.ru.', true],
  ['почта a@b.com', true],
  ['discord.gg/xyz', true],
  ['Привет.Как дела?', false],
  ['v1.2.3', false],
  ['и т.д. и т.п.', false],
  ['5.com', true],
  ['...com', false],
])('%s: link %s', (text, expected) => {
  expect(hasLink(text)).toBe(expected);
});
