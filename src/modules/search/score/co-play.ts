import type { SearchPlayer } from './player.ts';
import { playShares } from './play-shares.ts';

export interface NearGame {
  readonly gameSlug: string;
  /** 0..1: cosine of the two games' audiences, shrunk when few play both. */
  readonly similarity: number;
}

/** What the whole population says about the games; gathered by a nightly job and the same for every search until the next. */
export interface GameStatistics {
  readonly playerCount: number;
  readonly playersOf: ReadonlyMap<string, number>;
  /** At most ten a game, nearest first. */
  readonly nearGames: ReadonlyMap<string, readonly NearGame[]>;
}

export const noGameStatistics: GameStatistics = { playerCount: 0, playersOf: new Map(), nearGames: new Map() };

const neighboursKept = 10;
/** As many imaginary pairs who play only one of the two games: what two people share by chance says nothing. */
const shrinkage = 20;
/** Pairs grow with the square of the library; beyond this many games only the most played count. */
const gamesCounted = 40;

/**
 * Counts who plays what and which games are played by the same people.
 * similarity(a, b) = Σ √(p_a · p_b) / √(Σp_a · Σp_b) · n_ab / (n_ab + shrinkage), p being the shares of play.
 */
export function gatherGameStatistics(players: Iterable<SearchPlayer>): GameStatistics {
  const playersOf = new Map<string, number>();
  const playOf = new Map<string, number>();
  const together = new Map<string, Map<string, Together>>();
  let playerCount = 0;
  for (const player of players) {
    playerCount += 1;
    const shares = playShares(player.games).filter(({ share }) => share > 0);
    for (const { gameSlug } of shares) playersOf.set(gameSlug, (playersOf.get(gameSlug) ?? 0) + 1);
    const counted = shares.slice(0, gamesCounted);
    for (const { gameSlug, share } of counted) playOf.set(gameSlug, (playOf.get(gameSlug) ?? 0) + share);
    for (const [place, one] of counted.entries()) {
      for (const other of counted.slice(place + 1))
        addPair(together, one.gameSlug, other.gameSlug, one.share * other.share);
    }
  }
  const nearGames = new Map<string, NearGame[]>();
  for (const [gameSlug, others] of together) nearGames.set(gameSlug, nearestOf(gameSlug, others, playOf));
  return { playerCount, playersOf, nearGames };
}

interface Together {
  pairs: number;
  play: number;
}

function addPair(together: Map<string, Map<string, Together>>, a: string, b: string, shareProduct: number): void {
  const play = Math.sqrt(shareProduct);
  for (const [from, to] of [
    [a, b],
    [b, a],
  ] as const) {
    let others = together.get(from);
    if (others === undefined) together.set(from, (others = new Map()));
    const known = others.get(to);
    if (known === undefined) others.set(to, { pairs: 1, play });
    else {
      known.pairs += 1;
      known.play += play;
    }
  }
}

function nearestOf(gameSlug: string, others: Map<string, Together>, playOf: Map<string, number>): NearGame[] {
  const own = playOf.get(gameSlug) ?? 1;
  return [...others]
    .map(([other, { pairs, play }]) => ({
      gameSlug: other,
      similarity: (play / Math.sqrt(own * (playOf.get(other) ?? 1))) * (pairs / (pairs + shrinkage)),
    }))
    .toSorted((a, b) => b.similarity - a.similarity || (a.gameSlug < b.gameSlug ? -1 : 1))
    .slice(0, neighboursKept);
}
