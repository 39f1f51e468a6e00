import { passesFilters, type TeammateFilters } from '../score/filters.ts';
import { mayMeet } from '../score/may-meet.ts';
import type { SearchPlayer } from '../score/player.ts';
import { scorePair } from '../score/score.ts';
import { standingUnits } from '../score/standing.ts';
import type { Taste } from '../score/taste.ts';
import type { RankingWeights } from '../score/weights.ts';
import { BestList } from './best-list.ts';
import type { InnerLoops } from './inner-loops.ts';
import { createLatePart } from './late-part.ts';
import { blockBits, blockSize, refused, traitsShift } from './layout.ts';
import { oddTraits, type PackedPlayers } from './packed-players.ts';
import { TopNumbers } from './top-numbers.ts';
import { fillViewerTables, type HighestUnits } from './viewer-tables.ts';

export interface BlockQuery {
  readonly viewer: SearchPlayer;
  readonly taste: readonly Taste[];
  readonly filters: TeammateFilters;
  readonly today: number;
  readonly limit: number;
}

export interface FoundPlace {
  readonly place: number;
  readonly units: number;
}

interface WantedGame {
  readonly game: number;
  readonly taste: Taste;
  /** Units for each 1/1023 of common play when every rank counts alike. */
  readonly unitsPerShare: number | undefined;
  readonly highestSkill: number;
}

/**
 * The exact best `limit`, block by block: blocks that promise most come first, and the search ends at the first that
 * cannot reach what is found already. In a block, the games' postings are summed up, the words add the cheap parts, and
 * the late part is worked out only for players whom it can still lift over the threshold.
 */
export function searchBlocks(
  players: PackedPlayers,
  loops: InnerLoops,
  query: BlockQuery,
  weights: RankingWeights,
): FoundPlace[] {
  const { hot, blocks } = players;
  const { viewer, filters, today, limit } = query;
  const highest = fillViewerTables(players, viewer, filters, weights);
  const late = createLatePart(players, viewer, filters, today, weights);
  const games = wantedGames(players, query.taste);
  const best = new BestList(limit, (place, other) => players.isBefore(place, other));
  // Sums without the late part, of players it cannot refuse: the last of them is a lower bound for the last place.
  const floor = new TopNumbers(limit);

  for (const { block, bound } of promisingBlocks(players, games, highest, late.highest, filters, weights)) {
    const threshold = Math.max(best.threshold, floor.lowest);
    if (bound < threshold) break;
    if (!late.enterBlock(block) && !blocks.hasOdd(block)) continue;
    addGames(players, loops, games, block);
    const first = block << blockBits;
    const count = Math.min(blockSize, players.used - first);
    const found = loops.collect(first, count, Math.max(-1, threshold - late.highest - 1));
    const { foundPlaces, foundUnits, words } = hot;
    const hasOdd = blocks.hasOdd(block);
    if (!late.mayRefuse && !hasOdd) for (let at = 0; at < found; at += 1) floor.offer(foundUnits[at]!);
    for (let at = 0; at < found; at += 1) {
      const place = first + foundPlaces[at]!;
      const sum = foundUnits[at]!;
      if (sum + late.highest < Math.max(best.threshold, floor.lowest)) continue;
      const isOdd = hasOdd && words[place]! >>> traitsShift === oddTraits;
      const units = isOdd ? oddUnits(players, query, place, weights) : sum + late.unitsOf(place);
      if (units >= 0) best.offer(place, units);
    }
  }
  return best.sorted();
}

function wantedGames(players: PackedPlayers, taste: readonly Taste[]): WantedGame[] {
  return taste.flatMap((wanted) => {
    const game = players.games.find(wanted.gameSlug);
    if (game === undefined || game >= players.games.words.length) return [];
    const skill = wanted.skill[0] ?? 0;
    const isUnranked = wanted.skill.every((sixteenths) => sixteenths === skill);
    return {
      game,
      taste: wanted,
      unitsPerShare: isUnranked ? wanted.weight * skill : undefined,
      highestSkill: Math.max(...wanted.skill),
    };
  });
}

/** The blocks that hold anybody who may be shown, the highest bound first. */
function promisingBlocks(
  { hot, blocks }: PackedPlayers,
  games: readonly WantedGame[],
  highest: HighestUnits,
  highestLate: number,
  { activeWithinDays }: TeammateFilters,
  weights: RankingWeights,
): { block: number; bound: number }[] {
  const step = standingUnits(weights);
  const onlyActive = activeWithinDays !== undefined && activeWithinDays <= 30;
  const promising: { block: number; bound: number }[] = [];
  for (let block = 0; block < blocks.count; block += 1) {
    if (blocks.hasOdd(block)) {
      promising.push({ block, bound: Number.POSITIVE_INFINITY });
      continue;
    }
    const language = blocks.bestLanguage(block, hot.languageUnits);
    const topStanding = blocks.topStandingOf(block);
    if (language < 0 || (onlyActive && topStanding < 0)) continue;
    const standing = onlyActive ? topStanding * step : highest.standing;
    let bound = language + standing + highest.traits + highestLate;
    for (const { game, taste, highestSkill } of games) {
      const share = blocks.topShareOf(block, game);
      if (share < 0) continue;
      bound += taste.weight * Math.min(share, taste.wantedShare) * highestSkill + taste.bothFiveBonus;
    }
    promising.push({ block, bound });
  }
  return promising.toSorted((a, b) => b.bound - a.bound);
}

function addGames(
  { hot, blocks }: PackedPlayers,
  loops: InnerLoops,
  games: readonly WantedGame[],
  block: number,
): void {
  for (const { game, taste, unitsPerShare } of games) {
    const from = blocks.startOf(block, game);
    const to = blocks.startOf(block, game + 1);
    if (from === to) continue;
    if (unitsPerShare !== undefined) {
      loops.addUnrankedGame(from, to, taste.wantedShare, unitsPerShare, taste.bothFiveBonus);
      continue;
    }
    for (let step = 0; step < taste.skill.length; step += 1) {
      hot.skillUnits[step] = taste.weight * taste.skill[step]!;
    }
    loops.addGame(from, to, taste.wantedShare, taste.bothFiveBonus);
  }
}

function oddUnits(
  players: PackedPlayers,
  { viewer, taste, filters, today }: BlockQuery,
  place: number,
  weights: RankingWeights,
): number {
  const candidate = players.unpack(place);
  if (!mayMeet(viewer, candidate.player) || !passesFilters(candidate, filters, today)) return refused;
  return scorePair(viewer, taste, candidate, today, weights).units;
}
