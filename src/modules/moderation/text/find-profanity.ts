import { latin, russian } from './alphabets.ts';
import { findEnglish } from './english-matcher.ts';
import { createLexicon, type Entry, type Hit } from './lexicon.ts';
import {
  russianAnywhere,
  russianExceptions,
  russianRoots,
  russianWords,
  translitRoots,
  translitWords,
} from './russian-list.ts';

/** Where a text has words of the lists that ship with the program, in Russian, in Russian by Latin letters, in English. */
export const findProfanity = (text: string): Hit<'profane'>[] => [
  ...findRussian(text),
  ...findTranslit(text),
  ...findEnglish(text),
];

const profane = (where: Entry<'profane'>['where'], texts: readonly string[]): Entry<'profane'>[] =>
  texts.map((text) => ({ text, where, meaning: 'profane' }));

const findCyrillic = createLexicon(
  russian,
  [...profane('word', russianWords), ...profane('root', russianRoots), ...profane('anywhere', russianAnywhere)],
  russianExceptions,
);

const findTranslit = createLexicon(latin, [...profane('word', translitWords), ...profane('root', translitRoots)]);

/** A word of Latin letters alone counts as Russian only when each of them looks like a Cyrillic one: `cyka`, not `huge`. */
function findRussian(text: string): Hit<'profane'>[] {
  return findCyrillic(text).filter(({ start, end }) => {
    const written = text.slice(start, end).toLowerCase();
    return /\p{Script=Cyrillic}/u.test(written) || !/[^acekmoptxyhbu0346@$*#\W]/.test(written);
  });
}
