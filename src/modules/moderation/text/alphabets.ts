/** How a character is read: as a letter, as any letter (`*`), as nothing (a mark on a letter), or as a gap between letters. */
export type Alphabet = {
  read(character: string): string | undefined;
  /** What may stand before a root within a word. */
  prefixes: ReadonlySet<string>;
};

export const ANY = '*';
export const NOTHING = '';

/** Latin letters, digits and signs that pass for Cyrillic letters by their looks or their sound. */
// biome-ignore format: a table
const CYRILLIC_TWINS: Record<string, string> = {
  ё: 'е',
  a: 'а', b: 'б', c: 'с', d: 'д', e: 'е', f: 'ф', g: 'г', h: 'х', i: 'и', j: 'й', k: 'к', l: 'л', m: 'м', n: 'н',
  o: 'о', p: 'р', r: 'р', s: 'с', t: 'т', u: 'у', v: 'в', x: 'х', y: 'у', z: 'з',
  '0': 'о', '1': 'и', '3': 'з', '4': 'ч', '6': 'б', '@': 'а', $: 'с',
};

// biome-ignore format: a table
const LATIN_TWINS: Record<string, string> = {
  а: 'a', в: 'b', е: 'e', ё: 'e', к: 'k', м: 'm', о: 'o', р: 'p', с: 'c', т: 't', у: 'y', х: 'x', і: 'i',
  '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '7': 't', '@': 'a', $: 's', '!': 'i',
};

export const russian: Alphabet = {
  read: (character) => readBy(CYRILLIC_TWINS, /^[а-я]$/, character),
  prefixes: new Set(
    (
      ' а о у на за вы до от отъ по под подъ пере при про раз разъ рас из изъ ис съ об обо объ въ взъ не ни недо долбо ' +
      'мозго полу супер мега без одно'
    ).split(' '),
  ),
};

export const latin: Alphabet = {
  read: (character) => readBy(LATIN_TWINS, /^[a-z]$/, character),
  prefixes: new Set(' na za vi vy po do ot raz u o a ne'.split(' ')),
};

function readBy(twins: Record<string, string>, own: RegExp, character: string): string | undefined {
  const lower = character.toLowerCase();
  if (own.test(lower)) return lower;
  if (lower === '*' || lower === '#') return ANY;
  if (/^\p{M}$/u.test(lower)) return NOTHING;
  return twins[lower];
}
