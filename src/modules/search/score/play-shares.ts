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
  const weighed = new Map<string, { game: SearchGame; weight: number }>();
  for (const game of games) weighed.set(game.gameSlug, { game, weight: playWeight(game) });
  const sorted = [...weighed.values()].toSorted(
    (a, b) => b.weight - a.weight || (a.game.gameSlug < b.game.gameSlug ? -1 : 1),
  );
  const sum = sorted.reduce((total, { weight }) => total + weight, 0);
  return sorted.map(({ game, weight }, place) => ({
    gameSlug: game.gameSlug,
    share: weight === 0 ? 0 : Math.max(1, Math.round((wholePlay * weight) / sum)),
    rankStep: rankStep(game.rankIndex, game.ladderSize),
    ladderSize: game.ladderSize,
    isAmongFive: weight > 0 && place < fewMost,
  }));
}

function playWeight({ hoursPlayed, level }: SearchGame): number {
  return hoursPlayed === undefined ? levelWeight[level] : Math.log2(1 + Math.max(0, hoursPlayed)) / hoursPerLevel;
}
