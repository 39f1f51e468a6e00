import { LRUCache } from 'lru-cache';
import type { Game } from './schemas.ts';
import { foldGameName, inLatinLetters, inOtherLayout } from './spellings.ts';
import { createVocabulary } from './vocabulary.ts';

/** How well a query fits a game: 0 is its very name, then a beginning, then words, then a misspelling. */
export type Fit = number;
export type Found = readonly { readonly game: Game; readonly fit: Fit }[];

export type NameIndex = {
  /** Games whose names fit the query, best first, equal fits by popularity. */
  search(query: string): Found;
};

type Name = {
  /** The words without spaces, folded. */
  joined: string;
  /** The numbers of its words in the vocabulary. */
  wordIds: readonly number[];
};
type Entry = { game: Game; names: readonly Name[] };

const SAME = 0;
const BEGINNING = 1;
const WORDS = 2;
const TYPO = 3;
/** Another reading of the query (typed in the wrong layout, written in the other alphabet) counts a little less. */
const OTHER_READING = 0.5;

/** The longest names have eleven; whoever sends more words is looked up by all of them together alone. */
const MOST_WORDS = 16;
/** Typos are looked for on the main thread of the server: in few words, those first that no name has. */
const MOST_MISSPELT = 4;
/** Answers that are asked for again: pages of one list, and what a popular name looks like while it is typed. */
const MOST_KEPT = 100;

/** Finds games by how people type: beginnings of words, aliases, typos, either alphabet, a forgotten layout switch. */
export function createNameIndex(byPopularity: readonly Game[]): NameIndex {
  const vocabulary = createVocabulary(byPopularity.flatMap((game) => namesOf(game).flat()));
  const entries = byPopularity.map(
    (game): Entry => ({
      game,
      names: namesOf(game).map((words) => ({ joined: words.join(''), wordIds: words.map(vocabulary.idOf) })),
    }),
  );
  const kept = new LRUCache<string, Found>({ max: MOST_KEPT });

  function searchBy(readings: readonly Reading[], toFitOf: (reading: Reading) => (entry: Entry) => Fit | undefined) {
    const fitsOf = readings.map((reading) => ({ fitOf: toFitOf(reading), penalty: reading.penalty }));
    return entries
      .flatMap((entry) => {
        const fits = fitsOf.flatMap(({ fitOf, penalty }) => {
          const fit = fitOf(entry);
          return fit === undefined ? [] : [fit + penalty];
        });
        return fits.length > 0 ? [{ game: entry.game, fit: Math.min(...fits) }] : [];
      })
      .toSorted((a, b) => a.fit - b.fit); // stable: popularity decides between equals
  }

  function searchExactly(readings: readonly Reading[]): Found {
    return searchBy(readings, ({ words, joined }) => {
      const hasWords = matcherOf(words.map(vocabulary.findBeginning));
      return ({ names }) => {
        if (names.some((name) => name.joined === joined)) return SAME;
        if (names.some((name) => name.joined.startsWith(joined))) return BEGINNING;
        return names.some(hasWords) ? WORDS : undefined;
      };
    });
  }

  function searchMisspelt(readings: readonly Reading[]): Found {
    return searchBy(readings, ({ words }) => {
      const exact = words.map((word) => ({ word, wordIds: vocabulary.findBeginning(word) }));
      const unknownFirst = exact.toSorted((a, b) => Math.min(1, a.wordIds.length) - Math.min(1, b.wordIds.length));
      const hasWords = matcherOf(
        unknownFirst.map(({ word, wordIds }, i) => (i < MOST_MISSPELT ? vocabulary.findClose(word) : wordIds)),
      );
      return ({ names }) => (names.some(hasWords) ? TYPO : undefined);
    });
  }

  return {
    search(query) {
      const known = kept.get(query);
      if (known) return known;
      const readings = readQuery(query);
      const exact = searchExactly(readings);
      const found = exact.length > 0 ? exact : searchMisspelt(readings);
      kept.set(query, found);
      return found;
    },
  };
}

const namesOf = (game: Game): string[][] =>
  [game.name.en, game.name.ru ?? '', ...game.aliases].map(foldGameName).filter((words) => words.length > 0);

type Reading = { words: readonly string[]; joined: string; penalty: number };

function readQuery(query: string): Reading[] {
  const readings = [query, inOtherLayout(query), inLatinLetters(query)].map((text, i) => {
    const words = foldGameName(text);
    return { words: [...new Set(words)], joined: words.join(''), penalty: i === 0 ? 0 : OTHER_READING };
  });
  return readings.filter(({ joined }, i) => joined && readings.findIndex((other) => other.joined === joined) === i);
}

/** Whether a name has a word out of each of the lists; each word of a query has one list. */
function matcherOf(lists: readonly (readonly number[])[]): (name: Name) => boolean {
  if (lists.length > MOST_WORDS || lists.some((wordIds) => wordIds.length === 0)) return () => false;
  const all = 2 ** lists.length - 1;
  const answered = new Map<number, number>();
  lists.forEach((wordIds, i) => {
    for (const wordId of wordIds) answered.set(wordId, (answered.get(wordId) ?? 0) | (1 << i));
  });
  return ({ wordIds }) => wordIds.reduce((found, wordId) => found | (answered.get(wordId) ?? 0), 0) === all;
}
