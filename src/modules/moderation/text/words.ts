import { type Alphabet, ANY, NOTHING } from './alphabets.ts';

/** A word as it is compared, and where it stands in the text. */
export type Word = {
  /** Folded, runs of a letter as one. */
  letters: string;
  /** Folded, as long as it was written. */
  written: string;
  start: number;
  end: number;
  /** Put together from letters that stood apart: there is no telling where the word begins. */
  isSpelled: boolean;
};

type Part = { letters: string; start: number; end: number };

/** Longer words are not looked at to their end: nobody reads them either, and the work stays bounded. */
const LONGEST_WORD = 200;

/**
 * The words of a text as an alphabet reads them: each run of letters; each chunk between spaces with what parts its
 * letters left out (`п.и.з`); and letters that stand alone one after another, put together (`х у й`). A digit that passes
 * for no letter is not left out: it ends the chunk, or `e6268e` would be a word. Every character is looked at a bounded
 * number of times.
 */
export function readWords(text: string, alphabet: Alphabet): Word[] {
  const words: Word[] = [];
  let single: Part[] = [];
  const closeSpelled = () => {
    if (single.length >= 3) words.push(toWord(single, true));
    single = [];
  };
  for (const { parts, isCutShort } of readChunks(text, alphabet)) {
    for (const part of parts) words.push(toWord([part], false));
    const isSpelled = parts.length >= 3 && parts.every(({ letters }) => letters.length === 1);
    if (parts.length > 1) words.push(toWord(parts, isSpelled));
    if (parts.every(({ letters }) => letters.length === 1)) single.push(...parts);
    else closeSpelled();
    if (isCutShort) closeSpelled();
  }
  closeSpelled();
  return words;
}

/** Letters folded for comparison: runs of one letter are one letter. */
export function collapse(letters: string): string {
  let collapsed = '';
  for (const letter of letters) if (letter === ANY || !collapsed.endsWith(letter)) collapsed += letter;
  return collapsed;
}

function* readChunks(text: string, { read }: Alphabet): Generator<{ parts: Part[]; isCutShort: boolean }> {
  let parts: Part[] = [];
  let part: Part | undefined;
  let at = 0;
  for (const character of text) {
    const start = at;
    at += character.length;
    const letter = read(character);
    if (letter === NOTHING) continue;
    if (letter !== undefined) {
      if (!part) parts.push((part = { letters: '', start, end: at }));
      if (part.letters.length < LONGEST_WORD) part.letters += letter;
      part.end = at;
      continue;
    }
    part = undefined;
    const isCutShort = /^\p{N}$/u.test(character);
    if (!isCutShort && !/^\s$/u.test(character)) continue;
    yield { parts, isCutShort };
    parts = [];
  }
  yield { parts, isCutShort: false };
}

function toWord(parts: readonly Part[], isSpelled: boolean): Word {
  const written = parts
    .map(({ letters }) => letters)
    .join('')
    .slice(0, LONGEST_WORD);
  return {
    letters: collapse(trimAny(written)),
    written,
    start: parts[0]?.start ?? 0,
    end: parts.at(-1)?.end ?? 0,
    isSpelled,
  };
}

/** Stars around a word are emphasis, not letters. */
function trimAny(letters: string): string {
  let start = 0;
  let end = letters.length;
  while (start < end && letters[start] === ANY) start += 1;
  while (end > start && letters[end - 1] === ANY) end -= 1;
  return letters.slice(start, end);
}
