import { blockSize, mostLanguageSets, mostTraits, standingMask } from './layout.ts';

const pageBytes = 65_536;
const skillSteps = 64;
export const weekWords = 6;
export const genreWords = 2;
/** Common hours that have units of their own; the last step is for hours that are not known. */
const hourSteps = 32;
export const unknownHoursStep = hourSteps - 1;

/** Byte offsets of the small tables that one search fills; the players' columns follow, and the postings after them. */
export const hotOffsets = layOut({
  sums: blockSize,
  languageUnits: mostLanguageSets,
  standingUnits: standingMask + 1,
  skillUnits: skillSteps,
  hourUnits: hourSteps,
  viewerWeek: weekWords + 2,
  viewerGenres: genreWords + 2,
  foundPlaces: blockSize,
  foundUnits: blockSize,
  traitUnits: mostTraits,
});

const tableBytes = 4 * 65_536;

/**
 * All that the inner loops touch, in one WebAssembly memory, so that the same bytes serve the loops in TypeScript and in
 * WebAssembly. Growing makes new views: never keep one across `reserve`.
 */
export class HotMemory {
  readonly memory = new WebAssembly.Memory({ initial: tableBytes / pageBytes });
  /** What the block's players have of the games so far; all zero between searches. */
  sums = new Int32Array(0);
  languageUnits = new Int32Array(0);
  standingUnits = new Int32Array(0);
  /** By the other's rank step, for the game being added. */
  skillUnits = new Int32Array(0);
  /** By common hours. */
  hourUnits = new Int32Array(0);
  viewerWeek = new Uint32Array(0);
  viewerGenres = new Uint32Array(0);
  /** Out of the loops: places in the block, and their units. */
  foundPlaces = new Uint32Array(0);
  foundUnits = new Int32Array(0);
  traitUnits = new Int32Array(0);
  /** One a player, see `layout.ts`. */
  words = new Uint32Array(0);
  /** 168 bits a player; the highest bit of the last word says that hours are not known. */
  weeks = new Uint32Array(0);
  genres = new Uint32Array(0);
  postings = new Uint32Array(0);

  constructor() {
    this.#view(0, 0);
  }

  /** Room for at least so many; nothing shrinks. */
  reserve(players: number, postings: number): void {
    const { words, weeks, genres, postings: had } = this;
    if (players <= words.length && postings <= had.length) return;
    const newPlayers = Math.max(players, words.length);
    const newPostings = Math.max(postings, had.length);
    const bytes = tableBytes + 4 * (newPlayers * (1 + weekWords + genreWords) + newPostings);
    const kept = newPlayers === words.length ? [] : [words.slice(), weeks.slice(), genres.slice(), had.slice()];
    const pages = Math.ceil((bytes - this.memory.buffer.byteLength) / pageBytes);
    if (pages > 0) this.memory.grow(pages);
    this.#view(newPlayers, newPostings);
    if (kept.length > 0) new Uint32Array(this.memory.buffer, tableBytes).fill(0);
    for (const [index, column] of [this.words, this.weeks, this.genres, this.postings].entries()) {
      column.set(kept[index] ?? []);
    }
  }

  #view(players: number, postings: number): void {
    const { buffer } = this.memory;
    this.sums = new Int32Array(buffer, hotOffsets.sums, blockSize);
    this.languageUnits = new Int32Array(buffer, hotOffsets.languageUnits, mostLanguageSets);
    this.standingUnits = new Int32Array(buffer, hotOffsets.standingUnits, standingMask + 1);
    this.skillUnits = new Int32Array(buffer, hotOffsets.skillUnits, skillSteps);
    this.hourUnits = new Int32Array(buffer, hotOffsets.hourUnits, hourSteps);
    this.viewerWeek = new Uint32Array(buffer, hotOffsets.viewerWeek, weekWords);
    this.viewerGenres = new Uint32Array(buffer, hotOffsets.viewerGenres, genreWords);
    this.foundPlaces = new Uint32Array(buffer, hotOffsets.foundPlaces, blockSize);
    this.foundUnits = new Int32Array(buffer, hotOffsets.foundUnits, blockSize);
    this.traitUnits = new Int32Array(buffer, hotOffsets.traitUnits, mostTraits);
    let at = tableBytes;
    const column = (length: number) => {
      const view = new Uint32Array(buffer, at, length);
      at += view.byteLength;
      return view;
    };
    this.words = column(players);
    this.weeks = column(players * weekWords);
    this.genres = column(players * genreWords);
    this.postings = column(postings);
  }
}

function layOut<Name extends string>(lengths: Record<Name, number>): Record<Name, number> {
  let end = 0;
  const offsets = { ...lengths };
  for (const name in lengths) {
    offsets[name] = end;
    end += 4 * lengths[name];
  }
  return offsets;
}
