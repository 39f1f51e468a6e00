import type { HotMemory } from './hot-memory.ts';
import {
  blockBits,
  blockSize,
  fiveMost,
  fiveShift,
  inactiveBit,
  mostLanguageSets,
  nobodyTraits,
  rankMask,
  rankShift,
  rowRankShift,
  rowShareShift,
  shareMask,
  shareShift,
  standingMask,
  standingShift,
  traitsShift,
} from './layout.ts';
import type { PlayerRows } from './player-rows.ts';

const setWords = mostLanguageSets / 32;
/** A block with more traits than this is not worth the look. */
const mostTraitsLookedAt = 2000;
/** Shares are summed up by block in steps of this. */
const shareStep = 4;

/**
 * The postings, block by block and within a block game by game, and for each block what is best in it, so that a search
 * skips blocks that cannot matter. A block whose players' games changed is packed anew before the next search reads it.
 */
export class Blocks {
  count = 0;
  /** Games there is room for in each block's table. */
  #gameRoom = 0;
  /** Where each game's postings start within the block's; one more entry than games. */
  #starts = new Uint32Array(0);
  #topShares = new Uint8Array(0);
  #languageSets = new Uint32Array(0);
  #topStanding = new Uint8Array(0);
  #hasOdd = new Uint8Array(0);
  /** The lowest and highest traits id met; the sorting gives blocks few of them. */
  #lowTraits = new Uint16Array(0);
  #highTraits = new Uint16Array(0);
  #isStale = new Uint8Array(0);
  #postingsAt = new Uint32Array(0);
  #postingsRoom = new Uint32Array(0);
  #postingsUsed = 0;
  #staleCount = 0;
  readonly #hot: HotMemory;

  constructor(hot: HotMemory) {
    this.#hot = hot;
  }

  /** Room for this many blocks and games; `games` never shrinks. */
  reserve(blocks: number, games: number): void {
    const room = games <= this.#gameRoom ? this.#gameRoom : Math.ceil(games * 1.25) + 64;
    const had = this.#isStale.length;
    const blocksRoom = blocks <= had ? had : Math.max(blocks, Math.ceil(had * 1.25));
    if (room !== this.#gameRoom) {
      // Every block's table changes its width: packing them anew is the simplest way to fill the new ones.
      this.#gameRoom = room;
      this.#starts = new Uint32Array(blocksRoom * (room + 1));
      this.#topShares = new Uint8Array(blocksRoom * room);
      for (let block = 0; block < this.count; block += 1) this.markStale(block);
    }
    this.#starts = longer(this.#starts, blocksRoom * (room + 1), words);
    this.#topShares = longer(this.#topShares, blocksRoom * room, bytes);
    this.#languageSets = longer(this.#languageSets, blocksRoom * setWords, words);
    this.#topStanding = longer(this.#topStanding, blocksRoom, bytes);
    this.#hasOdd = longer(this.#hasOdd, blocksRoom, bytes);
    this.#lowTraits = longer(this.#lowTraits, blocksRoom, halves);
    this.#highTraits = longer(this.#highTraits, blocksRoom, halves);
    this.#isStale = longer(this.#isStale, blocksRoom, bytes);
    this.#postingsAt = longer(this.#postingsAt, blocksRoom, words);
    this.#postingsRoom = longer(this.#postingsRoom, blocksRoom, words);
    this.count = Math.max(this.count, blocks);
  }

  /** Forgets all blocks; `reserve` and `packStale` make them anew. */
  clear(): void {
    this.count = 0;
    this.#gameRoom = 0;
    this.#isStale = new Uint8Array(0);
    this.#languageSets = new Uint32Array(0);
    this.#topStanding = new Uint8Array(0);
    this.#hasOdd = new Uint8Array(0);
    this.#lowTraits = new Uint16Array(0);
    this.#highTraits = new Uint16Array(0);
    this.#postingsAt = new Uint32Array(0);
    this.#postingsRoom = new Uint32Array(0);
    this.#postingsUsed = 0;
    this.#staleCount = 0;
  }

  markStale(block: number): void {
    if (this.#isStale[block] === 1) return;
    this.#isStale[block] = 1;
    this.#staleCount += 1;
  }

  /** A word was written: the block's summary must cover it. Summaries only widen until the block is packed again. */
  cover(place: number, word: number, isOdd: boolean): void {
    const block = place >>> blockBits;
    const languageSet = word & (mostLanguageSets - 1);
    const at = block * setWords + (languageSet >>> 5);
    this.#languageSets[at] = (this.#languageSets[at] ?? 0) | (1 << (languageSet & 31));
    const standing = (word >>> standingShift) & standingMask;
    // Kept one higher, 0 for a block without anybody active.
    if (standing < inactiveBit && standing >= (this.#topStanding[block] ?? 0)) this.#topStanding[block] = standing + 1;
    if (isOdd) this.#hasOdd[block] = 1;
    else {
      const traits = word >>> traitsShift;
      const low = this.#lowTraits[block]!;
      if (low === 0 || traits < low) this.#lowTraits[block] = traits;
      if (traits > this.#highTraits[block]!) this.#highTraits[block] = traits;
    }
  }

  packStale(rows: PlayerRows, oddTraits: number): void {
    if (this.#staleCount === 0) return;
    for (let block = 0; block < this.count; block += 1)
      if (this.#isStale[block] === 1) this.#pack(block, rows, oddTraits);
    this.#staleCount = 0;
  }

  /** Start and end of a game's postings in a block. */
  startOf(block: number, game: number): number {
    return (this.#postingsAt[block] ?? 0) + (this.#starts[block * (this.#gameRoom + 1) + game] ?? 0);
  }

  /** The highest share of play that anybody in the block gives a game, rounded up; -1 when nobody plays it. */
  topShareOf(block: number, game: number): number {
    const at = block * (this.#gameRoom + 1) + game;
    if (this.#starts[at] === this.#starts[at + 1]) return -1;
    return (this.#topShares[block * this.#gameRoom + game] ?? 0) * shareStep + shareStep - 1;
  }

  /** The best standing of anybody active, -1 when nobody is. */
  topStandingOf(block: number): number {
    return (this.#topStanding[block] ?? 0) - 1;
  }

  hasOdd(block: number): boolean {
    return this.#hasOdd[block] === 1;
  }

  /** The highest of these units among the traits that may be met in the block; `highest` where those are too many. */
  bestTraits(block: number, traitUnits: Int32Array, highest: number): number {
    const low = this.#lowTraits[block]!;
    const high = this.#highTraits[block]!;
    if (high - low > mostTraitsLookedAt) return highest;
    let best = traitUnits[low]!;
    for (let traits = low + 1; traits <= high; traits += 1) if (traitUnits[traits]! > best) best = traitUnits[traits]!;
    return best;
  }

  /** The highest of these units among the language sets met in the block. */
  bestLanguage(block: number, languageUnits: Int32Array): number {
    let best = Number.NEGATIVE_INFINITY;
    for (let index = 0; index < setWords; index += 1) {
      for (let bits = this.#languageSets[block * setWords + index] ?? 0; bits !== 0; bits &= bits - 1) {
        best = Math.max(best, languageUnits[index * 32 + (31 - Math.clz32(bits & -bits))] ?? 0);
      }
    }
    return best;
  }

  #pack(block: number, rows: PlayerRows, oddTraits: number): void {
    const first = block * blockSize;
    const starts = this.#starts.subarray(block * (this.#gameRoom + 1), (block + 1) * (this.#gameRoom + 1));
    const topShares = this.#topShares.subarray(block * this.#gameRoom, (block + 1) * this.#gameRoom);
    starts.fill(0);
    topShares.fill(0);
    this.#languageSets.fill(0, block * setWords, (block + 1) * setWords);
    this.#topStanding[block] = 0;
    this.#hasOdd[block] = 0;
    this.#lowTraits[block] = 0;
    this.#highTraits[block] = 0;
    const { words: rowWords } = this.#hot;
    const { games, gamesAt, gameCounts } = rows;

    // Counting sort by game: counts, then starts, then each posting to its place.
    for (let row = first; row < first + blockSize; row += 1) {
      const word = rowWords[row]!;
      if (word >>> traitsShift === nobodyTraits) continue;
      this.cover(row, word, word >>> traitsShift === oddTraits);
      const at = gamesAt[row] ?? 0;
      const end = at + (gameCounts[row] ?? 0);
      for (let index = at; index < end; index += 1) {
        const game = games[index]! & 0xffff;
        starts[game + 1] = starts[game + 1]! + 1;
      }
    }
    for (let game = 1; game < starts.length; game += 1) {
      starts[game] = starts[game]! + starts[game - 1]!;
    }
    const base = this.#room(block, starts.at(-1) ?? 0);
    // Only now: making room may have replaced the views.
    const { postings, words: movedWords } = this.#hot;
    const next = starts.slice();
    for (let row = first; row < first + blockSize; row += 1) {
      if (movedWords[row]! >>> traitsShift === nobodyTraits) continue;
      const at = gamesAt[row] ?? 0;
      const end = at + (gameCounts[row] ?? 0);
      for (let index = at; index < end; index += 1) {
        const entry = games[index]!;
        const game = entry & 0xffff;
        const share = (entry >>> rowShareShift) & shareMask;
        const isAmongFive = index - at < fiveMost && share > 0 ? 1 : 0;
        const position = next[game]!;
        next[game] = position + 1;
        postings[base + position] =
          (row - first) |
          (share << shareShift) |
          (((entry >>> rowRankShift) & rankMask) << rankShift) |
          (isAmongFive << fiveShift);
        if (share >> 2 > topShares[game]!) topShares[game] = share >> 2;
      }
    }
    this.#isStale[block] = 0;
  }

  /** Where the block's postings may stand; they move to the end when they outgrow their room. */
  #room(block: number, needed: number): number {
    if (needed > (this.#postingsRoom[block] ?? 0)) {
      const room = needed + (needed >> 6) + 16;
      if (this.#postingsUsed + room > this.#hot.postings.length) {
        const all = this.#postingsUsed + room;
        this.#hot.reserve(0, all + (this.#hot.postings.length === 0 ? 0 : all >> 5));
      }
      this.#postingsAt[block] = this.#postingsUsed;
      this.#postingsRoom[block] = room;
      this.#postingsUsed += room;
    }
    return this.#postingsAt[block] ?? 0;
  }
}

const words = (length: number) => new Uint32Array(length);
const halves = (length: number) => new Uint16Array(length);
const bytes = (length: number) => new Uint8Array(length);

function longer<Column extends Uint8Array | Uint16Array | Uint32Array>(
  column: Column,
  length: number,
  create: (length: number) => Column,
): Column {
  if (length <= column.length) return column;
  const next = create(length);
  next.set(column);
  return next;
}
