import { blockSize, mostLanguageSets, mostTraits, standingMask } from './layout.ts';

const pageBytes = 65_536;
const skillSteps = 64;

/** Byte offsets of the small tables that one search fills; the words follow, and the postings after them. */
export const hotOffsets = layOut([
  ['sums', blockSize],
  ['languageUnits', mostLanguageSets],
  ['standingUnits', standingMask + 1],
  ['skillUnits', skillSteps],
  ['foundPlaces', blockSize],
  ['foundUnits', blockSize],
  ['traitUnits', mostTraits],
]);

/**
 * All that the inner loops touch, in one WebAssembly memory, so that the same bytes serve the loops in TypeScript and in
 * WebAssembly. Growing makes new views: never keep one across `reserve`.
 */
export class HotMemory {
  readonly memory = new WebAssembly.Memory({ initial: Math.ceil(hotOffsets.end / pageBytes) });
  /** What the block's players have of the games so far; all zero between searches. */
  sums = new Int32Array(0);
  languageUnits = new Int32Array(0);
  standingUnits = new Int32Array(0);
  /** By the other's rank step, for the game being added. */
  skillUnits = new Int32Array(0);
  /** Out of a scan: places in the block, and their units so far. */
  foundPlaces = new Uint32Array(0);
  foundUnits = new Int32Array(0);
  traitUnits = new Int32Array(0);
  /** One a player. */
  words = new Uint32Array(0);
  postings = new Uint32Array(0);

  constructor() {
    this.#view(0, 0);
  }

  reserve(players: number, postings: number): void {
    const hadPlayers = this.words.length;
    const hadPostings = this.postings.length;
    if (players <= hadPlayers && postings <= hadPostings) return;
    const newPlayers = Math.max(players, hadPlayers);
    const newPostings = Math.max(postings, hadPostings);
    const bytes = hotOffsets.end + 4 * (newPlayers + newPostings);
    const pages = Math.ceil((bytes - this.memory.buffer.byteLength) / pageBytes);
    if (pages > 0) this.memory.grow(pages);
    if (newPlayers > hadPlayers) this.#movePostings(hadPlayers, newPlayers, hadPostings);
    this.#view(newPlayers, newPostings);
  }

  #movePostings(hadPlayers: number, players: number, postings: number): void {
    const from = hotOffsets.end + 4 * hadPlayers;
    const to = hotOffsets.end + 4 * players;
    const bytes = new Uint8Array(this.memory.buffer);
    bytes.copyWithin(to, from, from + 4 * postings);
    bytes.fill(0, from, to);
  }

  #view(players: number, postings: number): void {
    const { buffer } = this.memory;
    this.sums = new Int32Array(buffer, hotOffsets.sums, blockSize);
    this.languageUnits = new Int32Array(buffer, hotOffsets.languageUnits, mostLanguageSets);
    this.standingUnits = new Int32Array(buffer, hotOffsets.standingUnits, standingMask + 1);
    this.skillUnits = new Int32Array(buffer, hotOffsets.skillUnits, skillSteps);
    this.foundPlaces = new Uint32Array(buffer, hotOffsets.foundPlaces, blockSize);
    this.foundUnits = new Int32Array(buffer, hotOffsets.foundUnits, blockSize);
    this.traitUnits = new Int32Array(buffer, hotOffsets.traitUnits, mostTraits);
    this.words = new Uint32Array(buffer, hotOffsets.end, players);
    this.postings = new Uint32Array(buffer, hotOffsets.end + 4 * players, postings);
  }
}

function layOut<Name extends string>(tables: [Name, number][]): Record<Name | 'end', number> {
  let end = 0;
  const offsets: [string, number][] = [];
  for (const [name, length] of tables) {
    offsets.push([name, end]);
    end += 4 * length;
  }
  return Object.fromEntries([...offsets, ['end', end]]) as Record<Name | 'end', number>;
}
