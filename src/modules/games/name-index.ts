import { prefixDistance } from './prefix-distance.ts';
import { asRussianLayout, asTransliterated, foldGameName } from './spellings.ts';
import type { Game } from './schemas.ts';

/** How well a query fits a game: 0 is its very name, then a beginning, then words, then a misspelling. */
export type Fit = number;

export type NameIndex = {
  /** Games whose names fit the query, best first, equal fits by popularity. */
  search(query: string): { game: Game; fit: Fit }[];
};

type Entry = {
  game: Game;
  /** Each name and alias, folded, without and with its spaces. */
  joined: readonly string[];
  names: readonly (readonly string[])[];
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
  return {
    search(query) {
      const readings = readQuery(query);
      return entries
        .flatMap(({ game, ...entry }) => {
          const fit = Math.min(...readings.map((reading) => fitReading(entry, reading)));
          return fit === Number.POSITIVE_INFINITY ? [] : [{ game, fit }];
        })
        .sort((a, b) => a.fit - b.fit); // stable: popularity decides between equals
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
  const readings = [query, asRussianLayout(query), asTransliterated(query)].map((text, i) => {
    const words = foldGameName(text ?? '');
    return { words, joined: words.join(''), penalty: i === 0 ? 0 : OTHER_READING };
  });
  return readings.filter(({ joined }, i) => joined && readings.findIndex((other) => other.joined === joined) === i);
}

function fitReading({ names, joined }: Omit<Entry, 'game'>, reading: Reading): Fit {
  if (joined.includes(reading.joined)) return SAME + reading.penalty;
  if (joined.some((name) => name.startsWith(reading.joined))) return BEGINNING + reading.penalty;
  if (names.some((words) => reading.words.every((asked) => words.some((word) => word.startsWith(asked))))) {
    return WORDS + reading.penalty;
  }
  const isMisspelt = names.some((words) => reading.words.every((asked) => words.some((word) => isClose(asked, word))));
  return isMisspelt ? TYPO + reading.penalty : Number.POSITIVE_INFINITY;
}

/** Two typos in a long word, one in a short one, none in the very short: there every word would fit. */
function isClose(asked: string, word: string): boolean {
  const allowed = asked.length >= 8 ? 2 : asked.length >= 4 ? 1 : 0;
  return prefixDistance(asked, word, allowed) <= allowed;
}
