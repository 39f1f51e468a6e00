import { ratingFits } from './may-meet.ts';
import type { PlayShare } from './play-shares.ts';
import type { AgeBand, PlayStyle, SearchPlayer, Voice } from './player.ts';
import type { Candidate } from './score.ts';
import { rankStep } from './skill.ts';
import { daysSince } from './standing.ts';
import type { Taste } from './taste.ts';
import { hourOfWeek, isAvailableAt } from './week-hours.ts';

/**
 * What a search asks for, as `GET /v1/teammates` has it. A list passes whoever has one of its words; an empty list asks
 * nothing. Recency of activity, region, platform and the common game are soft: they are widened, in this order, when few
 * people pass. The rest is hard.
 */
export interface TeammateFilters {
  readonly games: readonly string[];
  readonly genres: readonly string[];
  readonly languages: readonly string[];
  readonly platforms: readonly string[];
  readonly regions: readonly string[];
  readonly ageBands: readonly AgeBand[];
  /** `yes` and `no` accept `sometimes` too. */
  readonly voice?: Voice;
  readonly playStyle?: PlayStyle;
  readonly minRating?: number;
  /** Rank span in the games asked for; who has no rank there does not pass. Without `games` it asks nothing. */
  readonly minRankIndex?: number;
  readonly maxRankIndex?: number;
  readonly isOnline?: boolean;
  /** A moment, in milliseconds since 1970, whose hour of the week must be free; who named no hours does not pass. */
  readonly availableAt?: number;
  /** Active in this many days; absent: any time. */
  readonly activeWithinDays?: number;
  /** Only who plays a game that the viewer plays, might like or asks for; asks nothing of viewers without games. */
  readonly needsCommonGame: boolean;
}

export const defaultActiveWithinDays = 30;

export const noFilters: TeammateFilters = {
  games: [],
  genres: [],
  languages: [],
  platforms: [],
  regions: [],
  ageBands: [],
  activeWithinDays: defaultActiveWithinDays,
  needsCommonGame: true,
};

export function passesFilters(
  { player: candidate, played }: Candidate,
  filters: TeammateFilters,
  today: number,
): boolean {
  return (
    passesTraitFilters(candidate, filters) &&
    anyOf(filters.languages, candidate.languages) &&
    anyOf(filters.genres, candidate.genres) &&
    ratingFits(filters, candidate.ratingMean) &&
    (filters.isOnline === undefined || filters.isOnline === candidate.isOnline) &&
    (filters.activeWithinDays === undefined || daysSince(candidate.activeAt, today) <= filters.activeWithinDays) &&
    isFreeAt(candidate, filters.availableAt) &&
    playsAsked(played, filters)
  );
}

/** Kept apart from `passesFilters`: it is known only when the games have been added up. */
export function lacksCommonGame(filters: TeammateFilters, taste: readonly Taste[], gamesUnits: number): boolean {
  return filters.needsCommonGame && taste.length > 0 && gamesUnits === 0;
}

type Described = Pick<SearchPlayer, 'platforms' | 'region' | 'ageBand' | 'voice' | 'playStyle'>;

function passesTraitFilters(
  { platforms, region, ageBand, voice, playStyle }: Described,
  filters: TeammateFilters,
): boolean {
  return (
    anyOf(filters.platforms, platforms) &&
    anyOf(filters.regions, listOf(region)) &&
    anyOf(filters.ageBands, listOf(ageBand)) &&
    passesVoice(voice, filters) &&
    passesPlayStyle(playStyle, filters)
  );
}

export function passesVoice(voice: Voice | undefined, filters: TeammateFilters): boolean {
  return (
    filters.voice === undefined || voice === filters.voice || (filters.voice !== 'sometimes' && voice === 'sometimes')
  );
}

export function passesPlayStyle(playStyle: PlayStyle | undefined, filters: TeammateFilters): boolean {
  return filters.playStyle === undefined || filters.playStyle === playStyle;
}

export function listOf<Word>(word: Word | undefined): Word[] {
  return word === undefined ? [] : [word];
}

export function anyOf<Word extends string>(asked: readonly Word[], words: readonly Word[]): boolean {
  return asked.length === 0 || asked.some((word) => words.includes(word));
}

function isFreeAt(candidate: Pick<SearchPlayer, 'availability'>, availableAt: number | undefined): boolean {
  if (availableAt === undefined) return true;
  return candidate.availability !== undefined && isAvailableAt(candidate.availability, hourOfWeek(availableAt));
}

function playsAsked(played: ReadonlyMap<string, PlayShare>, filters: TeammateFilters): boolean {
  if (filters.games.length === 0) return true;
  return filters.games.some((gameSlug) => {
    const game = played.get(gameSlug);
    return game !== undefined && rankPasses(game, filters);
  });
}

function rankPasses(
  { rankStep: step, ladderSize }: PlayShare,
  { minRankIndex, maxRankIndex }: TeammateFilters,
): boolean {
  if (minRankIndex === undefined && maxRankIndex === undefined) return true;
  const [low, high] = rankSpan(minRankIndex, maxRankIndex, ladderSize);
  return step !== 0 && step >= low && step <= high;
}

/** The steps 1..63 that a rank span covers on a ladder. */
export function rankSpan(
  minRankIndex: number | undefined,
  maxRankIndex: number | undefined,
  ladderSize: number | undefined,
): [number, number] {
  const last = (ladderSize ?? 1) - 1;
  const low =
    minRankIndex === undefined ? 1 : minRankIndex > last ? 64 : rankStep(Math.max(0, minRankIndex), ladderSize);
  const high =
    maxRankIndex === undefined ? 63 : maxRankIndex < 0 ? 0 : rankStep(Math.min(last, maxRankIndex), ladderSize);
  return [low, high];
}
