import { findCloseWords } from './close-words.ts';

/** All words that the names of the catalogue have, each with a number. */
export type Vocabulary = {
  idOf(word: string): number;
  /** The numbers of the words that begin so. */
  findBeginning(asked: string): number[];
  /** Those with a beginning that is `asked` misspelt: two typos in a long word, one in a short one, none in the very short. */
  findClose(asked: string): number[];
};

export function createVocabulary(words: readonly string[]): Vocabulary {
  const sorted = [...new Set(words)].toSorted();
  const ids = new Map(sorted.map((word, id) => [word, id]));
  const longest = Math.max(0, ...sorted.map(({ length }) => length));

  function findBeginning(asked: string): number[] {
    const found: number[] = [];
    for (let id = firstFrom(sorted, asked); sorted[id]?.startsWith(asked); id += 1) found.push(id);
    return found;
  }

  return {
    idOf(word) {
      const id = ids.get(word);
      if (id === undefined) throw new Error(`${word} is not in the vocabulary`);
      return id;
    },
    findBeginning,
    findClose(asked) {
      // In a very short word every other would be close.
      const allowed = asked.length >= 8 ? 2 : asked.length >= 4 ? 1 : 0;
      if (allowed === 0) return findBeginning(asked);
      return asked.length > longest + allowed ? [] : findCloseWords(sorted, asked, allowed);
    },
  };
}

/** The first place whose word is not before `asked`. */
function firstFrom(sorted: readonly string[], asked: string): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? '') < asked) low = middle + 1;
    else high = middle;
  }
  return low;
}
