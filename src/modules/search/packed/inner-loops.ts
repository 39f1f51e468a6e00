import type { HotMemory } from './hot-memory.ts';
import { blockSize, fiveShift, placeMask, rankMask, rankShift, shareMask, shareShift, standingMask } from './layout.ts';
import { standingShift, traitsShift } from './layout.ts';

/** The two loops in which a search spends its time; `inner-loops.wasm` does the same. */
export interface InnerLoops {
  /** Adds one game's postings `from..to` to the sums; `skillUnits` must be filled. */
  addGame(from: number, to: number, wantedShare: number, bothFiveBonus: number): void;
  /** The same for a game in which every rank counts alike. */
  addUnrankedGame(from: number, to: number, wantedShare: number, unitsPerShare: number, bothFiveBonus: number): void;
  /**
   * Completes the sums of `count` players from row `first` with what their words are worth, lists those above `cut` in
   * `foundPlaces` and `foundUnits`, clears the sums, and returns how many it listed.
   */
  collect(first: number, count: number, cut: number): number;
}

export function createInnerLoops(hot: HotMemory): InnerLoops {
  return {
    addGame(from, to, wantedShare, bothFiveBonus) {
      const { postings, sums, skillUnits } = hot;
      for (let at = from; at < to; at += 1) {
        const posting = postings[at]!;
        const share = (posting >>> shareShift) & shareMask;
        const less = share < wantedShare ? share : wantedShare;
        const place = posting & placeMask;
        const units = Math.imul(less, skillUnits[(posting >>> rankShift) & rankMask]!);
        sums[place] = (sums[place]! + units + Math.imul(posting >>> fiveShift, bothFiveBonus)) | 0;
      }
    },

    addUnrankedGame(from, to, wantedShare, unitsPerShare, bothFiveBonus) {
      const { postings, sums } = hot;
      for (let at = from; at < to; at += 1) {
        const posting = postings[at]!;
        const share = (posting >>> shareShift) & shareMask;
        const less = share < wantedShare ? share : wantedShare;
        const place = posting & placeMask;
        const units = Math.imul(less, unitsPerShare) + Math.imul(posting >>> fiveShift, bothFiveBonus);
        sums[place] = (sums[place]! + units) | 0;
      }
    },

    collect(first, count, cut) {
      const { words, sums, languageUnits, standingUnits, traitUnits, foundPlaces, foundUnits } = hot;
      let found = 0;
      for (let place = 0; place < count; place += 1) {
        const word = words[first + place]!;
        const units =
          (sums[place]! +
            languageUnits[word & (languageUnits.length - 1)]! +
            standingUnits[(word >>> standingShift) & standingMask]! +
            traitUnits[word >>> traitsShift]!) |
          0;
        // Written always, kept only when it counts: a branch here would be guessed wrong too often.
        foundPlaces[found] = place;
        foundUnits[found] = units;
        found += units > cut ? 1 : 0;
      }
      sums.fill(0, 0, blockSize);
      return found;
    },
  };
}
