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

const toRussian = new Map([...LATIN_KEYS].map((key, i) => [key, RUSSIAN_KEYS[i] ?? key]));
const toLatin = new Map([...RUSSIAN_KEYS].map((key, i) => [key, LATIN_KEYS[i] ?? key]));

/** What the keys would have given in the other layout: `ljnf` → `дота`, `вщеф` → `dota`. */
export function asRussianLayout(text: string): string {
  const keys = [...text.toLowerCase()];
  const layout = keys.some((key) => toLatin.has(key)) ? toLatin : toRussian;
  return keys.map((key) => layout.get(key) ?? key).join('');
}

const LATIN_LETTERS: Record<string, string> = {
  ...{
    а: 'a',
    б: 'b',
    в: 'v',
    г: 'g',
    д: 'd',
    е: 'e',
    ё: 'e',
    ж: 'zh',
    з: 'z',
    и: 'i',
    й: 'y',
    к: 'k',
    л: 'l',
    м: 'm',
  },
  ...{ н: 'n', о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'h', ц: 'c', ч: 'ch', ш: 'sh', щ: 'sch' },
  ...{ ъ: '', ы: 'y', ь: '', э: 'e', ю: 'yu', я: 'ya' },
};

/** Russian letters as Latin ones, for names that people write as they hear them: `террария` → `terrariya`. */
export const asTransliterated = (text: string): string =>
  [...text.toLowerCase()].map((letter) => LATIN_LETTERS[letter] ?? letter).join('');
