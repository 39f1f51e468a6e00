import type { PlayLevel, SearchGame } from './player.ts';
import { rankStep } from './skill.ts';

/** Shares of play are whole numbers out of this: ten bits in the packed index. */
export const wholePlay = 1023;

const levelWeight: Record<PlayLevel, number> = { main: 4, often: 2, sometimes: 1 };
/** Brings log2(1 + hours) to the scale of the levels: 255 hours weigh like a main game, 3 like one played sometimes. */
const hoursPerLevel = 2;
const fewMost = 5;

export interface PlayShare {
  readonly gameSlug: string;
  /** 0..1023: the part of all play that goes to this game; 0 only for a game never played. */
  readonly share: number;
  /** 0..63, see `rankStep`. */
  readonly rankStep: number;
  readonly ladderSize: number | undefined;
  readonly isAmongFive: boolean;
}

/**
 * How a player's time divides between their games, most played first. It is normalised to one whole, so that a large
 * library or many hours alone make nobody a better match.
 */
export function playShares(games: readonly SearchGame[]): PlayShare[] {
  const { sorted, weights, sum } = weighGames(games);
  return sorted.map((game, place) => {
    const weight = weights[place] ?? 0;
    return {
      gameSlug: game.gameSlug,
      share: shareOf(weight, sum),
      rankStep: rankStep(game.rankIndex, game.ladderSize),
      ladderSize: game.ladderSize,
      isAmongFive: weight > 0 && place < fewMost,
    };
  });
}

export interface WeighedGames {
  /** Most played first, each once; of a game named twice the last counts. */
  readonly sorted: readonly SearchGame[];
  readonly weights: readonly number[];
  readonly sum: number;
}

/** Sorts by insertion: libraries are short, and an index does this for everybody. */
export function weighGames(games: readonly SearchGame[]): WeighedGames {
  const sorted: SearchGame[] = [];
  const weights: number[] = [];
  let sum = 0;
  const once = isRepeating(games) ? lastOfEach(games) : games;
  for (let index = 0; index < once.length; index += 1) {
    const game = once[index]!;
    const weight = playWeight(game);
    sum += weight;
    let place = sorted.length;
    while (place > 0 && isBefore(game, weight, sorted[place - 1]!, weights[place - 1]!)) {
      sorted[place] = sorted[place - 1]!;
      weights[place] = weights[place - 1]!;
      place -= 1;
    }
    sorted[place] = game;
    weights[place] = weight;
  }
  return { sorted, weights, sum };
}

export function shareOf(weight: number, sum: number): number {
  return weight === 0 ? 0 : Math.max(1, Math.round((wholePlay * weight) / sum));
}

function isRepeating(games: readonly SearchGame[]): boolean {
  if (games.length > 32) return true;
  for (let place = 1; place < games.length; place += 1) {
    const { gameSlug } = games[place]!;
    for (let other = 0; other < place; other += 1) if (games[other]!.gameSlug === gameSlug) return true;
  }
  return false;
}

function lastOfEach(games: readonly SearchGame[]): readonly SearchGame[] {
  return [...new Map(games.map((game) => [game.gameSlug, game])).values()];
}

function isBefore(game: SearchGame, weight: number, other: SearchGame, otherWeight: number): boolean {
  return weight === otherWeight ? game.gameSlug < other.gameSlug : weight > otherWeight;
}

function playWeight({ hoursPlayed, level }: SearchGame): number {
  return hoursPlayed === undefined ? levelWeight[level] : Math.log2(1 + Math.max(0, hoursPlayed)) / hoursPerLevel;
}
