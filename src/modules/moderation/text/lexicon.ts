import { type Alphabet, ANY } from './alphabets.ts';
import { collapse, readWords, type Word } from './words.ts';

export type Entry<T> = {
  text: string;
  /** The whole word; a root at the start of a word or behind a usual prefix; or anywhere in a word. */
  where: 'word' | 'root' | 'anywhere';
  meaning: T;
  /** Words that hold one of these are innocent of this entry. */
  exceptions?: readonly string[];
};

export type Hit<T> = { start: number; end: number; meaning: T };

/**
 * Finds words of a list in a text, however they are disguised: twins from another alphabet, spaces and dots between the
 * letters, repeated letters, stars for letters. Its work grows with the text times the list, never faster; no pattern of
 * the list is a regular expression.
 */
export function createLexicon<T>(
  alphabet: Alphabet,
  entries: readonly Entry<T>[],
  exceptions: readonly string[] = [],
): (text: string) => Hit<T>[] {
  const fold = (text: string) => Array.from(text, (character) => alphabet.read(character) ?? '').join('');
  const innocent = exceptions.map(fold);
  // Several words may be the same with each letter once: «бос» and «босс».
  const whole = new Map<string, Folded<T>[]>();
  const inside: Folded<T>[] = [];
  for (const entry of entries) {
    const written = fold(entry.text);
    const letters = collapse(written);
    if (letters.length < 2) continue;
    const folded = { ...entry, letters, written, exceptions: (entry.exceptions ?? []).map(fold) };
    if (entry.where === 'word') whole.set(letters, [...(whole.get(letters) ?? []), folded]);
    else inside.push(folded);
  }
  const wholeList = [...whole.values()].flat();

  const find = (word: Word): Folded<T> | undefined => {
    const { letters } = word;
    const hasAny = letters.includes(ANY);
    const exact = hasAny
      ? wholeList.filter((entry) => isAt(letters, entry.letters, 0, true))
      : (whole.get(letters) ?? []);
    const found = exact.find((entry) => isGuilty(word, entry));
    if (found) return found;
    return inside.find((entry) => isInside(word, entry, alphabet.prefixes, hasAny) && isGuilty(word, entry));
  };

  return (text) =>
    readWords(text, alphabet).flatMap((word) => {
      if (innocent.some((one) => word.written.includes(one))) return [];
      const entry = find(word);
      return entry ? [{ start: word.start, end: word.end, meaning: entry.meaning }] : [];
    });
}

type Folded<T> = Entry<T> & { letters: string; written: string; exceptions: readonly string[] };

/** An entry with a doubled letter (`ниггер`) means it: `нигер` is a country. */
function isGuilty<T>(word: Word, entry: Folded<T>): boolean {
  if (entry.letters !== entry.written && !word.written.includes(entry.written)) return false;
  return !entry.exceptions.some((one) => word.written.includes(one));
}

function isInside<T>(
  { letters, isSpelled }: Word,
  { letters: root, where }: Folded<T>,
  prefixes: ReadonlySet<string>,
  hasAny: boolean,
): boolean {
  const isAnywhere = where === 'anywhere' || isSpelled;
  for (let at = nextAt(letters, root, 0, hasAny); at >= 0; at = nextAt(letters, root, at + 1, hasAny)) {
    if (isAnywhere || prefixes.has(letters.slice(0, at))) return true;
  }
  return false;
}

function nextAt(letters: string, root: string, from: number, hasAny: boolean): number {
  if (!hasAny) return letters.indexOf(root, from);
  for (let at = from; at + root.length <= letters.length; at += 1) if (isAt(letters, root, at, false)) return at;
  return -1;
}

/** Stars stand for letters, but no more of them than there are letters, and the first letter is shown. */
function isAt(letters: string, root: string, at: number, isWhole: boolean): boolean {
  if (isWhole && letters.length !== root.length) return false;
  if (letters[at] === ANY) return false;
  let shown = 0;
  for (let i = 0; i < root.length; i += 1) {
    const letter = letters[at + i];
    if (letter === root[i]) shown += 1;
    else if (letter !== ANY) return false;
  }
  return shown >= 2 && shown * 2 >= root.length;
}
