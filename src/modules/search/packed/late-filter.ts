import { defaultActiveWithinDays, rankSpan, type TeammateFilters } from '../score/filters.ts';
import { ratingHundredths } from '../score/may-meet.ts';
import type { SearchPlayer } from '../score/player.ts';
import { hourOfWeek } from '../score/week-hours.ts';
import { genreWords, weekWords } from './hot-memory.ts';
import { blockSize, placeMask, rankMask, rankShift } from './layout.ts';
import type { PackedPlayers } from './packed-players.ts';
import { rowFlags } from './player-rows.ts';
import type { WordDictionary } from './word-dictionary.ts';

/** The seldom filters, looked at only for players who would be listed otherwise. */
export interface LateFilter {
  /** False when it refuses everybody in the block. Comes before `isRefused` for its players. */
  enterBlock(block: number): boolean;
  isRefused(place: number): boolean;
}

export function createLateFilter(
  players: PackedPlayers,
  viewer: SearchPlayer,
  filters: TeammateFilters,
  today: number,
): LateFilter {
  const checks = lateChecks(players, viewer, filters, today);
  const asked = createAskedGames(players, filters);
  return {
    enterBlock: (block) => asked === undefined || asked.enterBlock(block),
    isRefused: (place) => (asked !== undefined && !asked.isPlayed(place)) || checks.some((refuses) => refuses(place)),
  };
}

function lateChecks(
  { hot, rows, genres }: PackedPlayers,
  viewer: SearchPlayer,
  filters: TeammateFilters,
  today: number,
): ((place: number) => boolean)[] {
  const { isOnline, availableAt, activeWithinDays } = filters;
  const checks: ((place: number) => boolean)[] = [];
  const minRatings = [viewer.wishes.minRating, filters.minRating].filter((rating) => rating !== undefined);
  if (minRatings.length > 0) {
    const least = Math.max(...minRatings.map(ratingHundredths));
    checks.push((place) => rows.ratings[place]! < least);
  }
  if (isOnline !== undefined) {
    checks.push((place) => ((rows.flags[place]! & rowFlags.online) !== 0) !== isOnline);
  }
  if (activeWithinDays !== undefined && activeWithinDays !== defaultActiveWithinDays) {
    checks.push((place) => today - rows.activeDays[place]! > activeWithinDays);
  }
  if (availableAt !== undefined) {
    const hour = hourOfWeek(availableAt);
    checks.push((place) => ((hot.weeks[place * weekWords + (hour >> 5)]! >>> (hour & 31)) & 1) === 0);
  }
  if (filters.genres.length > 0) {
    const wanted = genreMask(genres, filters.genres);
    checks.push((place) => wanted.every((bits, word) => (bits & hot.genres[place * genreWords + word]!) === 0));
  }
  return checks;
}

/** Who in a block plays one of the games asked for, within the rank span; undefined when none is asked for. */
function createAskedGames({ hot, blocks, games, ladderSizes }: PackedPlayers, filters: TeammateFilters) {
  if (filters.games.length === 0) return undefined;
  const { minRankIndex, maxRankIndex } = filters;
  const hasSpan = minRankIndex !== undefined || maxRankIndex !== undefined;
  const asked = filters.games
    .map((gameSlug) => games.find(gameSlug))
    .filter((game) => game !== undefined)
    .map((game) => ({ game, span: hasSpan ? rankSpan(minRankIndex, maxRankIndex, ladderSizes[game]) : undefined }));
  const plays = new Uint8Array(blockSize);
  return {
    enterBlock(block: number): boolean {
      plays.fill(0);
      let isAnybody = false;
      for (const { game, span } of asked) {
        const end = blocks.startOf(block, game + 1);
        for (let at = blocks.startOf(block, game); at < end; at += 1) {
          const posting = hot.postings[at]!;
          const step = (posting >>> rankShift) & rankMask;
          if (span !== undefined && (step === 0 || step < span[0] || step > span[1])) continue;
          plays[posting & placeMask] = 1;
          isAnybody = true;
        }
      }
      return isAnybody;
    },
    isPlayed: (place: number) => plays[place & placeMask] === 1,
  };
}

/** Genres that nobody has have no bit. */
export function genreMask(genres: WordDictionary, slugs: readonly string[]): Uint32Array {
  const mask = new Uint32Array(genreWords);
  for (const slug of slugs) {
    const genre = genres.find(slug);
    if (genre !== undefined) mask[genre >>> 5] = mask[genre >>> 5]! | (1 << (genre & 31));
  }
  return mask;
}
