import { rankSpan, type TeammateFilters } from '../score/filters.ts';
import { genresPart, genresWorth } from '../score/genres-part.ts';
import { ratingHundredths } from '../score/may-meet.ts';
import type { SearchPlayer } from '../score/player.ts';
import { enoughHours, highestTimePart, timeUnits, unknownHours } from '../score/time-part.ts';
import { countBits, hourOfWeek } from '../score/week-hours.ts';
import type { RankingWeights } from '../score/weights.ts';
import { blockBits, placeMask, rankMask, rankShift, refused } from './layout.ts';
import type { PackedPlayers } from './packed-players.ts';
import { genreWords, rowFlags, weekWords } from './player-rows.ts';

/** What is looked at only for players who can still win: common hours, common genres, and the seldom filters. */
export interface LatePart {
  /** The most that `unitsOf` can give. */
  readonly highest: number;
  /** True when `unitsOf` may refuse: then sums without it are no lower bound. */
  readonly mayRefuse: boolean;
  /** False when nobody in the block plays a game that was asked for. */
  enterBlock(block: number): boolean;
  /** Units for the player in a row of the block entered, or `refused`. */
  unitsOf(place: number): number;
}

export function createLatePart(
  players: PackedPlayers,
  viewer: SearchPlayer,
  filters: TeammateFilters,
  today: number,
  weights: RankingWeights,
): LatePart {
  const { rows } = players;
  const timeByHours = Array.from({ length: enoughHours + 1 }, (_, hours) => timeUnits(hours, weights));
  const unknownTime = timeUnits(unknownHours, weights);
  const week = Uint32Array.from(viewer.availability ?? []);
  const genreMask = genreMaskOf(players, viewer.genres);
  const worth = genresWorth(viewer, weights);
  const isRefused = createLateFilter(players, viewer, filters, today);
  const asked = createAskedGames(players, filters);

  function timeOf(place: number): number {
    if (week.length === 0 || (rows.flags[place]! & rowFlags.hasHours) === 0) return unknownTime;
    let hours = 0;
    const at = place * weekWords;
    for (let word = 0; word < weekWords; word += 1) {
      hours += countBits(week[word]! & rows.weeks[at + word]!);
    }
    return timeByHours[hours < enoughHours ? hours : enoughHours]!;
  }

  function genresOf(place: number): number {
    let common = 0;
    let count = 0;
    for (let word = 0; word < genreWords; word += 1) {
      const own = rows.genres[place * genreWords + word]!;
      common += countBits(own & genreMask[word]!);
      count += countBits(own);
    }
    return genresPart(worth, common, viewer.genres.length, count);
  }

  return {
    highest: highestTimePart(viewer.availability, weights) + (viewer.genres.length === 0 ? 0 : worth),
    mayRefuse: isRefused !== undefined || asked !== undefined,
    enterBlock: (block) => asked?.enterBlock(block) ?? true,
    unitsOf(place) {
      if (asked !== undefined && !asked.isPlayed(place & placeMask)) return refused;
      if (isRefused?.(place)) return refused;
      return timeOf(place) + genresOf(place);
    },
  };
}

/** Undefined when none of these filters is set. */
function createLateFilter(
  { rows, genres }: PackedPlayers,
  viewer: SearchPlayer,
  filters: TeammateFilters,
  today: number,
): ((place: number) => boolean) | undefined {
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
  if (activeWithinDays !== undefined) {
    checks.push((place) => today - rows.activeDays[place]! > activeWithinDays);
  }
  if (availableAt !== undefined) {
    const hour = hourOfWeek(availableAt);
    checks.push((place) => ((rows.weeks[place * weekWords + (hour >> 5)]! >>> (hour & 31)) & 1) === 0);
  }
  if (filters.genres.length > 0) {
    const wanted = filters.genres.map((slug) => genres.find(slug)).filter((genre) => genre !== undefined);
    const mask = new Uint32Array(genreWords);
    for (const genre of wanted) mask[genre >>> 5] = mask[genre >>> 5]! | (1 << (genre & 31));
    checks.push((place) => mask.every((bits, word) => (bits & rows.genres[place * genreWords + word]!) === 0));
  }
  return checks.length === 0 ? undefined : (place) => checks.some((isRefused) => isRefused(place));
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
  const plays = new Uint8Array(1 << blockBits);
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
    isPlayed: (placeInBlock: number) => plays[placeInBlock] === 1,
  };
}

function genreMaskOf({ genres }: PackedPlayers, slugs: readonly string[]): Uint32Array {
  const mask = new Uint32Array(genreWords);
  for (const slug of slugs) {
    const genre = genres.find(slug);
    if (genre !== undefined) mask[genre >>> 5] = mask[genre >>> 5]! | (1 << (genre & 31));
  }
  return mask;
}
