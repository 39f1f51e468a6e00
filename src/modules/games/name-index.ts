import { prefixDistance } from './prefix-distance.ts';
import type { Game } from './schemas.ts';
import { foldGameName, inLatinLetters, inOtherLayout } from './spellings.ts';

/** How well a query fits a game: 0 is its very name, then a beginning, then words, then a misspelling. */
export type Fit = number;

export type NameIndex = {
  /** Games whose names fit the query, best first, equal fits by popularity. */
  search(query: string): { game: Game; fit: Fit }[];
};

type Entry = {
  game: Game;
  /** The words of each name and alias, folded. */
  names: readonly (readonly string[])[];
  /** The same without spaces. */
  joined: readonly string[];
};

const SAME = 0;
const BEGINNING = 1;
const WORDS = 2;
const TYPO = 3;
/** Another reading of the query (typed in the wrong layout, written in the other alphabet) counts a little less. */
const OTHER_READING = 0.5;

/** Finds games by how people type: beginnings of words, aliases, typos, either alphabet, a forgotten layout switch. */
export function createNameIndex(byPopularity: readonly Game[]): NameIndex {
  const entries = byPopularity.map(toEntry);
  const vocabulary = [...new Set(entries.flatMap(({ names }) => names.flat()))];

  function searchBy(readings: readonly Reading[], fitOf: (entry: Entry, reading: Reading) => Fit | undefined) {
    return entries
      .flatMap((entry) => {
        const fits = readings.flatMap((reading) => {
          const fit = fitOf(entry, reading);
          return fit === undefined ? [] : [fit + reading.penalty];
        });
        return fits.length > 0 ? [{ game: entry.game, fit: Math.min(...fits) }] : [];
      })
      .toSorted((a, b) => a.fit - b.fit); // stable: popularity decides between equals
  }

  return {
    search(query) {
      const readings = readQuery(query);
      const found = searchBy(readings, fitExactly);
      if (found.length > 0) return found;
      const misspelt = new Map(
        readings.map((reading) => [reading, reading.words.map((w) => findClose(vocabulary, w))]),
      );
      return searchBy(readings, ({ names }, reading) => {
        const meant = misspelt.get(reading) ?? [];
        return names.some((words) => meant.every((close) => words.some((word) => close.has(word)))) ? TYPO : undefined;
      });
    },
  };
}

function toEntry(game: Game): Entry {
  const names = [game.name.en, game.name.ru ?? '', ...game.aliases]
    .map(foldGameName)
    .filter((words) => words.length > 0);
  return { game, names, joined: names.map((words) => words.join('')) };
}

type Reading = { words: readonly string[]; joined: string; penalty: number };

function readQuery(query: string): Reading[] {
  const readings = [query, inOtherLayout(query), inLatinLetters(query)].map((text, i) => {
    const words = foldGameName(text);
    return { words, joined: words.join(''), penalty: i === 0 ? 0 : OTHER_READING };
  });
  return readings.filter(({ joined }, i) => joined && readings.findIndex((other) => other.joined === joined) === i);
}

function fitExactly({ names, joined }: Entry, reading: Reading): Fit | undefined {
  if (joined.includes(reading.joined)) return SAME;
  if (joined.some((name) => name.startsWith(reading.joined))) return BEGINNING;
  const hasWords = names.some((words) => reading.words.every((asked) => words.some((word) => word.startsWith(asked))));
  return hasWords ? WORDS : undefined;
}

/** Two typos in a long word, one in a short one, none in the very short: there every word would be close. */
function findClose(vocabulary: readonly string[], asked: string): ReadonlySet<string> {
  const allowed = asked.length >= 8 ? 2 : asked.length >= 4 ? 1 : 0;
  return new Set(vocabulary.filter((word) => prefixDistance(asked, word, allowed) <= allowed));
}
