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
  ...findTranslit(text).filter((hit) => isLegible(text, hit)),
  ...findEnglish(text).filter((hit) => !isHexadecimal(text, hit)),
];

/** `fa66ed01`: the name of something that a program made, not a word with digits for letters. */
const isHexadecimal = (text: string, { start, end }: Hit<'profane'>): boolean =>
  /^(?=\D*\d\D*\d)[0-9a-f]{6,}$/i.test(text.slice(start, end));

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
  return findCyrillic(text).filter((hit) => {
    const written = text.slice(hit.start, hit.end).toLowerCase();
    if (/\p{Script=Cyrillic}/u.test(written)) return true;
    return !/[^acekmoptxyhbu0346@$*#\W]/.test(written) && isLegible(text, hit);
  });
}

/**
 * As a name that a person chose, not one that a program made up of letters and digits (`e6268eba`), of which every
 * fiftieth would be refused: no digit before it; none behind it either when it is short or has digits of its own; few of those.
 */
function isLegible(text: string, { start, end }: Hit<'profane'>): boolean {
  const digits = text.slice(start, end).match(/\d/g)?.length ?? 0;
  const isPlain = digits === 0 && end - start > 3;
  return digits * 3 <= end - start && !/\d/.test(text[start - 1] ?? '') && (isPlain || !/\d/.test(text[end] ?? ''));
}
