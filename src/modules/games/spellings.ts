/** The words of a name as people type them: no case, accents, punctuation or ё. */
export const foldGameName = (text: string): string[] =>
  text
    .normalize('NFKD')
    .replaceAll(/(?<=\p{Script=Latin})\p{M}+/gu, '')
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replaceAll(/['’`]/g, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

const LATIN_KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,.";
const RUSSIAN_KEYS = 'йцукенгшщзхъфывапролджэячсмитьбю';

const toRussian = new Map(Array.from(LATIN_KEYS, (key, i) => [key, RUSSIAN_KEYS[i] ?? key]));
const toLatin = new Map(Array.from(RUSSIAN_KEYS, (key, i) => [key, LATIN_KEYS[i] ?? key]));

/** What the same keys would have given in the other layout: `ljnf` for `дота`, `вщеф` for `dota`. */
export function inOtherLayout(text: string): string {
  const keys = Array.from(text.toLowerCase());
  const layout = keys.some((key) => toLatin.has(key)) ? toLatin : toRussian;
  return keys.map((key) => layout.get(key) ?? key).join('');
}

const RUSSIAN_LETTERS = 'абвгдеёжзийклмнопрстуфхцчшщъыьэюя';
const SOUNDS = 'a b v g d e e zh z i y k l m n o p r s t u f h c ch sh sch  y  e yu ya'.split(' ');

const sounds = new Map(Array.from(RUSSIAN_LETTERS, (letter, i) => [letter, SOUNDS[i] ?? letter]));

/** Russian letters as Latin ones, for names that people write as they hear them: `террария` gives `terrariya`. */
export const inLatinLetters = (text: string): string =>
  Array.from(text.toLowerCase(), (letter) => sounds.get(letter) ?? letter).join('');
