import { playShares } from './play-shares.ts';
import type { SearchPlayer } from './player.ts';

export interface NearGame {
  readonly gameSlug: string;
  /** 0..1: how far the two games' audiences overlap beyond chance, shrunk when few play both. */
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
/** Nearness below this is mostly chance. */
const leastSimilarity = 0.03;
/** As many imaginary pairs who play only one of the two games: what two people share by accident says nothing. */
const shrinkage = 20;
/** Pairs grow with the square of the library; beyond this many games only the most played count. */
const gamesCounted = 40;

/**
 * Counts who plays what and which games are played by the same people. With p the shares of play, N the players, n_ab those
 * who play both:
 *
 *   similarity(a, b) = max(0, Σ √(p_a · p_b) - Σ√p_a · Σ√p_b / N) / √(Σp_a · Σp_b) · n_ab / (n_ab + shrinkage)
 *
 * a cosine less what two independent games would have, so that popular games are not near to everything.
 */
export function gatherGameStatistics(players: Iterable<SearchPlayer>): GameStatistics {
  const counter = createGameCounter();
  for (const player of players) counter.add(player);
  return counter.statistics();
}

export type GameCounter = { add(player: SearchPlayer): void; statistics(): GameStatistics };

/** `gatherGameStatistics` in steps, for whoever has other things to do in between. */
export function createGameCounter(): GameCounter {
  const audiences = new Map<string, Audience>();
  const together = new Map<string, Map<string, Together>>();
  let playerCount = 0;
  return {
    add(player) {
      playerCount += 1;
      const shares = playShares(player.games).filter(({ share }) => share > 0);
      for (const { gameSlug } of shares) audienceOf(audiences, gameSlug).players += 1;
      const counted = shares
        .slice(0, gamesCounted)
        .map(({ gameSlug, share }) => ({ gameSlug, root: Math.sqrt(share) }));
      for (const [place, one] of counted.entries()) {
        const audience = audienceOf(audiences, one.gameSlug);
        audience.play += one.root * one.root;
        audience.roots += one.root;
        for (const other of counted.slice(place + 1))
          addPair(together, one.gameSlug, other.gameSlug, one.root * other.root);
      }
    },
    statistics() {
      const nearGames = new Map<string, NearGame[]>();
      for (const [gameSlug, others] of together) {
        nearGames.set(gameSlug, nearestOf(gameSlug, others, audiences, playerCount));
      }
      const playersOf = new Map([...audiences].map(([gameSlug, audience]) => [gameSlug, audience.players]));
      return { playerCount, playersOf, nearGames };
    },
  };
}

/** Sums over everybody who plays a game. */
interface Audience {
  players: number;
  play: number;
  /** Σ√p */
  roots: number;
}

interface Together {
  pairs: number;
  play: number;
}

function audienceOf(audiences: Map<string, Audience>, gameSlug: string): Audience {
  let audience = audiences.get(gameSlug);
  if (audience === undefined) audiences.set(gameSlug, (audience = { players: 0, play: 0, roots: 0 }));
  return audience;
}

function addPair(together: Map<string, Map<string, Together>>, a: string, b: string, play: number): void {
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

function nearestOf(
  gameSlug: string,
  others: ReadonlyMap<string, Together>,
  audiences: Map<string, Audience>,
  playerCount: number,
): NearGame[] {
  const own = audienceOf(audiences, gameSlug);
  return [...others]
    .map(([other, { pairs, play }]) => {
      const { play: otherPlay, roots } = audienceOf(audiences, other);
      const beyondChance = Math.max(0, play - (own.roots * roots) / playerCount);
      const similarity = (beyondChance / Math.sqrt(own.play * otherPlay)) * (pairs / (pairs + shrinkage));
      return { gameSlug: other, similarity };
    })
    .filter(({ similarity }) => similarity >= leastSimilarity)
    .toSorted((a, b) => b.similarity - a.similarity || (a.gameSlug < b.gameSlug ? -1 : 1))
    .slice(0, neighboursKept);
}
