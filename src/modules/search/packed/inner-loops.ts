import { genresPart } from '../score/genres-part.ts';
import { enoughHours } from '../score/time-part.ts';
import { countBits } from '../score/week-hours.ts';
import { genreWords, type HotMemory, hotOffsets, unknownHoursStep, weekWords } from './hot-memory.ts';
import { innerLoopsWasm } from './inner-loops.generated.ts';
import {
  blockSize,
  fiveShift,
  mostLanguageSets,
  placeMask,
  rankMask,
  rankShift,
  shareMask,
  shareShift,
  standingMask,
  standingShift,
  traitsShift,
} from './layout.ts';

/** The loops in which a search spends its time. Positions count postings and rows, not bytes. */
export interface InnerLoops {
  /** Adds one game's postings `from..to` to the sums; `skillUnits` must be filled. */
  addGame(from: number, to: number, wantedShare: number, bothFiveBonus: number): void;
  /** The same for a game in which every rank counts alike. */
  addUnrankedGame(from: number, to: number, wantedShare: number, unitsPerShare: number, bothFiveBonus: number): void;
  /**
   * Completes the sums of the block from row `first` on with what the words are worth, lists those that have at least
   * `least` before and more than `cut` after in `foundPlaces` and `foundUnits`, clears the sums, and returns how many.
   */
  collect(first: number, least: number, cut: number): number;
  /**
   * Adds common hours and genres to the first `found` of the list, keeps those that have `least` then, and returns how many.
   * `hourUnits`, `viewerWeek` and `viewerGenres` must be filled.
   */
  addLatePart(first: number, found: number, genresWorth: number, genreCount: number, least: number): number;
}

/** WebAssembly where the machine can run it, else TypeScript: the answers are the same. */
export function createFastestLoops(hot: HotMemory): InnerLoops {
  try {
    return createWasmLoops(hot);
  } catch {
    return createInnerLoops(hot);
  }
}

export function createInnerLoops(hot: HotMemory): InnerLoops {
  return {
    addGame(from, to, wantedShare, bothFiveBonus) {
      const { postings, sums, skillUnits } = hot;
      for (let at = from; at < to; at += 1) {
        const posting = postings[at]!;
        const share = (posting >>> shareShift) & shareMask;
        const less = share < wantedShare ? share : wantedShare;
        const units = Math.imul(less, skillUnits[(posting >>> rankShift) & rankMask]!);
        const place = posting & placeMask;
        sums[place] = (sums[place]! + units + Math.imul(posting >>> fiveShift, bothFiveBonus)) | 0;
      }
    },

    addUnrankedGame(from, to, wantedShare, unitsPerShare, bothFiveBonus) {
      const { postings, sums } = hot;
      for (let at = from; at < to; at += 1) {
        const posting = postings[at]!;
        const share = (posting >>> shareShift) & shareMask;
        const less = share < wantedShare ? share : wantedShare;
        const units = Math.imul(less, unitsPerShare) + Math.imul(posting >>> fiveShift, bothFiveBonus);
        const place = posting & placeMask;
        sums[place] = (sums[place]! + units) | 0;
      }
    },

    collect(first, least, cut) {
      const { words, sums, languageUnits, standingUnits, traitUnits, foundPlaces, foundUnits } = hot;
      let found = 0;
      for (let place = 0; place < blockSize; place += 1) {
        const sum = sums[place]!;
        if (sum < least) continue;
        const word = words[first + place]!;
        const units =
          (sum +
            languageUnits[word & (mostLanguageSets - 1)]! +
            standingUnits[(word >>> standingShift) & standingMask]! +
            traitUnits[word >>> traitsShift]!) |
          0;
        // Written always, kept only when it counts: a branch here would be guessed wrong too often.
        foundPlaces[found] = place;
        foundUnits[found] = units;
        found += units > cut ? 1 : 0;
      }
      sums.fill(0);
      return found;
    },

    addLatePart(first, found, genresWorth, genreCount, least) {
      const { weeks, genres, hourUnits, viewerWeek, viewerGenres, foundPlaces, foundUnits } = hot;
      let kept = 0;
      for (let at = 0; at < found; at += 1) {
        const place = foundPlaces[at]!;
        const week = (first + place) * weekWords;
        let hours = 0;
        for (let word = 0; word < weekWords; word += 1) hours += countBits(weeks[week + word]! & viewerWeek[word]!);
        const isUnknown = weeks[week + weekWords - 1]! >>> 31 === 1;
        const genre = (first + place) * genreWords;
        const common = countBits(genres[genre]! & viewerGenres[0]!) + countBits(genres[genre + 1]! & viewerGenres[1]!);
        const count = countBits(genres[genre]!) + countBits(genres[genre + 1]!);
        const units =
          foundUnits[at]! +
          hourUnits[isUnknown ? unknownHoursStep : Math.min(hours, enoughHours)]! +
          genresPart(genresWorth, common, genreCount, count);
        foundPlaces[kept] = place;
        foundUnits[kept] = units;
        kept += units >= least ? 1 : 0;
      }
      return kept;
    },
  };
}

interface WasmExports {
  addGame(from: number, to: number, sums: number, skillUnits: number, wantedShare: number, bonus: number): void;
  addUnrankedGame(from: number, to: number, sums: number, wantedShare: number, units: number, bonus: number): void;
  collect(
    words: number,
    sums: number,
    languageUnits: number,
    standingUnits: number,
    traitUnits: number,
    foundPlaces: number,
    foundUnits: number,
    least: number,
    cut: number,
  ): number;
  addLatePart(
    weeks: number,
    genres: number,
    hourUnits: number,
    viewerWeek: number,
    viewerGenres: number,
    foundPlaces: number,
    foundUnits: number,
    found: number,
    genresWorth: number,
    genreCount: number,
    least: number,
  ): number;
}

/** The same loops as WebAssembly, about twice as fast. Throws where the machine cannot run it. */
export function createWasmLoops(hot: HotMemory): InnerLoops {
  const module = new WebAssembly.Module(Buffer.from(innerLoopsWasm, 'base64'));
  const { exports } = new WebAssembly.Instance<WasmExports>(module, { env: { memory: hot.memory } });
  const { sums, skillUnits, languageUnits, standingUnits, traitUnits, foundPlaces, foundUnits } = hotOffsets;
  const { hourUnits, viewerWeek, viewerGenres } = hotOffsets;
  return {
    addGame(from, to, wantedShare, bonus) {
      const { byteOffset } = hot.postings;
      exports.addGame(byteOffset + 4 * from, byteOffset + 4 * to, sums, skillUnits, wantedShare, bonus);
    },

    addUnrankedGame(from, to, wantedShare, unitsPerShare, bonus) {
      const { byteOffset } = hot.postings;
      exports.addUnrankedGame(byteOffset + 4 * from, byteOffset + 4 * to, sums, wantedShare, unitsPerShare, bonus);
    },

    collect(first, least, cut) {
      const words = hot.words.byteOffset + 4 * first;
      const tables = [languageUnits, standingUnits, traitUnits] as const;
      return exports.collect(words, sums, ...tables, foundPlaces, foundUnits, least, cut);
    },

    addLatePart(first, found, genresWorth, genreCount, least) {
      const weeks = hot.weeks.byteOffset + 4 * weekWords * first;
      const genres = hot.genres.byteOffset + 4 * genreWords * first;
      const viewer = [hourUnits, viewerWeek, viewerGenres] as const;
      const list = [foundPlaces, foundUnits, found] as const;
      return exports.addLatePart(weeks, genres, ...viewer, ...list, genresWorth, genreCount, least);
    },
  };
}
