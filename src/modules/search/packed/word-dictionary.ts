/** Small numbers for words, given out in order of appearance; undefined when all are taken. */
export class WordDictionary {
  readonly words: string[] = [];
  readonly #idOf = new Map<string, number>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  find(word: string): number | undefined {
    return this.#idOf.get(word);
  }

  idOf(word: string): number | undefined {
    const known = this.#idOf.get(word);
    if (known !== undefined || this.words.length >= this.#most) return known;
    this.#idOf.set(word, this.words.length);
    return this.words.push(word) - 1;
  }
}

/** Small numbers for sets of words, whatever their order. */
export class SetDictionary {
  readonly sets: (readonly string[])[] = [];
  /** Every spelling of a set that was met, so that sorting is rare. */
  readonly #idOf = new Map<string, number>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  idOf(words: readonly string[]): number | undefined {
    const spelling = words.length === 1 ? words[0]! : words.join(' ');
    const known = this.#idOf.get(spelling);
    return known ?? this.#learn(spelling, words);
  }

  #learn(spelling: string, words: readonly string[]): number | undefined {
    const sorted = words.toSorted();
    const canonical = sorted.join(' ');
    let id = this.#idOf.get(canonical);
    if (id === undefined) {
      if (this.sets.length >= this.#most) return undefined;
      id = this.sets.push(sorted) - 1;
      this.#idOf.set(canonical, id);
    }
    this.#idOf.set(spelling, id);
    return id;
  }
}
