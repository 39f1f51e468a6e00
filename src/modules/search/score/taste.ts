import type { GameStatistics } from './co-play.ts';
import { type PlayShare, playShares, wholePlay } from './play-shares.ts';
import type { SearchPlayer } from './player.ts';
import { ladderSteps, skillSixteenths } from './skill.ts';
import { type RankingWeights, unitsPerPoint } from './weights.ts';

/** What one game is worth in a viewer's eyes, in whole numbers. */
export interface Taste {
  readonly gameSlug: string;
  /** 0..1023: the viewer's own share of play, 0 for a game they only might like. */
  readonly ownShare: number;
  /** 0..1023: the share looked for in the other, own play and nearby games mixed. */
  readonly wantedShare: number;
  /** Units for each shared 1/1023 of play, for each sixteenth of skill. */
  readonly weight: number;
  /** Units when the game is among the five most played of both. */
  readonly bothFiveBonus: number;
  /** Sixteenths by the other's rank step 0..63. */
  readonly skill: readonly number[];
}

/**
 * The most of the wanted play that goes to nearby games, and to how many. More finds more people who play a game that the
 * viewer did not name, but shows the same typical people to everybody (`bench/match-quality.ts`).
 */
const nearPart = 0.08;
const nearCount = 8;
/** The part of the games' points that rewards a game among the five most played of both. */
const bothFivePart = 0.2;
/** The part of the wanted play that goes to the games asked for by name. */
const askedPart = 0.5;

/**
 * The games a viewer looks for in others. Weights are scaled so that the perfect counterpart earns exactly the points of
 * `weights.games`, whether the viewer's games are rare or common.
 */
export function tasteOf(
  viewer: SearchPlayer,
  askedGames: readonly string[],
  statistics: GameStatistics,
  weights: RankingWeights,
): Taste[] {
  const played = playShares(viewer.games).filter(({ share }) => share > 0);
  const own = new Map(played.map((game) => [game.gameSlug, game]));
  const wanted = [...wantedShares(played, askedGames, statistics)].map(([gameSlug, part]) => ({
    gameSlug,
    share: Math.round(part * wholePlay),
    rarity: Math.sqrt(inverseFrequency(gameSlug, statistics)),
    own: own.get(gameSlug),
  }));
  const units = weights.games * unitsPerPoint;
  const reachable = wanted.reduce((sum, { share, rarity }) => sum + share * rarity * 16, 0);
  const five = wanted.reduce((sum, { own: game, rarity }) => sum + (game?.isAmongFive ? rarity : 0), 0);
  return wanted.map(({ gameSlug, share, rarity, own: game }) => ({
    gameSlug,
    ownShare: game?.share ?? 0,
    wantedShare: share,
    weight: reachable === 0 ? 0 : Math.floor((units * (1 - bothFivePart) * rarity) / reachable),
    bothFiveBonus: game?.isAmongFive ? Math.floor((units * bothFivePart * rarity) / five) : 0,
    skill: skillTable(game),
  }));
}

/** Whether `tasteOf` names any game. It does not for whoever names none, or only such as they never played. */
export const hasTaste = (viewer: Pick<SearchPlayer, 'games'>, askedGames: readonly string[]): boolean =>
  askedGames.length > 0 || playShares(viewer.games).some(({ share }) => share > 0);

/** q of the formula: parts of 1 by game. */
function wantedShares(
  own: readonly PlayShare[],
  askedGames: readonly string[],
  statistics: GameStatistics,
): Map<string, number> {
  const wanted = new Map<string, number>();
  const add = (gameSlug: string, part: number) => wanted.set(gameSlug, (wanted.get(gameSlug) ?? 0) + part);
  const asked = new Set(askedGames);
  const ownPart = own.length === 0 ? 0 : asked.size === 0 ? 1 : 1 - askedPart;
  for (const gameSlug of asked) add(gameSlug, (1 - ownPart) / asked.size);
  const near = nearestGames(own, statistics);
  const nearSum = near.reduce((sum, [, closeness]) => sum + closeness, 0);
  const spread = Math.min(nearPart, nearSum);
  for (const { gameSlug, share } of own) add(gameSlug, (ownPart * (1 - spread) * share) / wholePlay);
  for (const [gameSlug, closeness] of near) add(gameSlug, (ownPart * spread * closeness) / nearSum);
  return wanted;
}

/** The games nearest to all that the viewer plays, without those they play. */
function nearestGames(own: readonly PlayShare[], statistics: GameStatistics): [string, number][] {
  const played = new Set(own.map(({ gameSlug }) => gameSlug));
  const closeness = new Map<string, number>();
  for (const { gameSlug, share } of own) {
    for (const near of statistics.nearGames.get(gameSlug) ?? []) {
      if (played.has(near.gameSlug)) continue;
      closeness.set(near.gameSlug, (closeness.get(near.gameSlug) ?? 0) + share * near.similarity);
    }
  }
  return [...closeness].toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, nearCount);
}

/** idf as BM25 has it, never negative: ln(1 + (N - n + ½) / (n + ½)). */
function inverseFrequency(gameSlug: string, { playerCount, playersOf }: GameStatistics): number {
  const players = Math.min(playersOf.get(gameSlug) ?? 0, playerCount);
  return Math.log(1 + (playerCount - players + 0.5) / (players + 0.5));
}

const skillTables = new Map<number, readonly number[]>();

/** At most 64 · 64 tables, and a search needs one for each game. */
function skillTable(game: PlayShare | undefined): readonly number[] {
  const ownStep = game?.rankStep ?? 0;
  const steps = ladderSteps(game?.ladderSize);
  const known = skillTables.get(ownStep * 64 + steps);
  if (known !== undefined) return known;
  const table = Array.from({ length: 64 }, (_, step) => skillSixteenths(ownStep, step, steps));
  skillTables.set(ownStep * 64 + steps, table);
  return table;
}
